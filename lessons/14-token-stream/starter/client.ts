export interface Options {
  signal?: AbortSignal
  fetch?: typeof globalThis.fetch
}

/**
 * Asks for an answer, and hands out its tokens as they come. Whoever stops listening ends the request.
 *
 * @throws Error when there is no answer, or when it ends before it is complete
 */
export async function* streamTokens(
  url: string,
  prompt: string,
  { signal, fetch = globalThis.fetch }: Options = {},
): AsyncGenerator<string> {
  // TODO 3: Post the prompt as JSON, with the signal. Throw where the answer is not a 200 with an event stream.
  // TODO 4: Parse the body, and yield each token. Every end but [DONE] is an error.
}
