import type { ServerHttp2Stream } from 'node:http2'

/** The prompt in the body of a request, or undefined when there is none. */
export function promptIn(body: string): string | undefined {
  try {
    const { prompt } = JSON.parse(body)
    return typeof prompt === 'string' ? prompt : undefined
  } catch {
    return undefined
  }
}

/** Answers a prompt, token by token. When the client leaves, the model stops. */
export async function complete(stream: ServerHttp2Stream, prompt: string) {
  // TODO 1: Send a message for each token that generate() of model.ts yields, and [DONE] behind the last. Then end the stream.
  // TODO 2: Stop the model when the client leaves. When it fails in the middle, send an event named error.
}
