import { EventSourceParserStream } from 'eventsource-parser/stream'

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
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ prompt }),
    signal,
  })
  const type = response.headers.get('content-type') ?? 'nothing'
  const isStream = /^text\/event-stream\b/i.test(type)
  if (response.status !== 200 || !isStream || !response.body) {
    await response.body?.cancel()
    throw new Error(`Not an event stream: ${response.status}, ${type}`)
  }
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  for await (const { event, data } of events) {
    if (event === 'error') throw new Error(data)
    if (data === '[DONE]') return
    yield JSON.parse(data).token
  }
  throw new Error('The answer broke off')
}
