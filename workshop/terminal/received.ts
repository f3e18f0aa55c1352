/** What a connection of our own received. */
import type { IncomingHttpHeaders } from 'node:http2'

export interface Received {
  /** `GET /events → 200 text/event-stream`, or why there is nothing. */
  head: string
  /** Whether a browser would read events from it. */
  isStream: boolean
  /** The last bytes. */
  bytes: Uint8Array
  /** Once nothing more will come: why, or what happens next. */
  over?: string
}

/** How many bytes are kept: more than a screen shows. */
const KEPT = 8192

/** Whether an answer is such that a browser reads events from it (WHATWG HTML § 9.2.3). */
export function isEventStream(status: number, headers: IncomingHttpHeaders): boolean {
  return status === 200 && /^text\/event-stream\s*(;|$)/i.test(headers['content-type'] ?? '')
}

/** The end of a stream, cut behind a blank line where there is one. */
export function keepLast(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= KEPT) return bytes
  const start = bytes.length - KEPT / 2
  const blank = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('\n\n', start)
  return bytes.slice(blank === -1 ? start : blank + 2)
}
