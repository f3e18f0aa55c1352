import type { ServerHttp2Stream } from 'node:http2'

/** How many bytes a message may have. */
export const MOST = 64 * 1024

/**
 * Reads the body of a request as text. Its stream can still be answered, also when it is not read to its end.
 *
 * @throws RangeError as soon as more than MOST bytes have come
 */
export async function readBody(stream: ServerHttp2Stream): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  // Leaving a plain `for await` destroys the stream that it reads, and nobody could be answered any more.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > MOST) throw new RangeError('The body is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString() // all of it at once: a character may lie in two chunks
}
