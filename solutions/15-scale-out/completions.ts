import type { ServerHttp2Stream } from 'node:http2'
import { pipeline } from 'node:stream/promises'
import { encode } from './encode.ts'
import { generate } from './model.ts'

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
  // pipeline() aborts its signal when the client leaves, and ends the stream behind the last block.
  await pipeline((options) => events(prompt, options?.signal), stream).catch(() => {})
}

async function* events(prompt: string, signal?: AbortSignal): AsyncGenerator<string> {
  try {
    for await (const token of generate(prompt, signal)) yield encode({ data: JSON.stringify({ token }) })
    yield encode({ data: '[DONE]' })
  } catch (error) {
    // The head is long gone: what goes wrong now is an event.
    yield encode({ event: 'error', data: JSON.stringify({ message: String(error) }) })
  }
}
