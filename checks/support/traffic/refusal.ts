/**
 * Whether an answer came that our client would not take. Node resets a stream whose head breaks the rules, and tells
 * nothing of it: as if the server had reset the stream. What stands on the wire tells them apart.
 */
import { sendFrames } from '../client/by-hand.ts'
import { END_HEADERS, END_STREAM, frame, HEADERS, requestHead } from '../client/frames.ts'
import type { CheckContext } from '../subject.ts'

/** How long the head may take, in milliseconds. One came before, and was refused. */
const HEAD_MS = 2000

/** Asks for GET `path` with frames of our own. True when a HEADERS frame comes back on its stream. */
export function sendsHead(context: CheckContext, path: string): Promise<boolean> {
  const head = requestHead('GET', path, context.origin)
  return sendFrames(context, [frame(HEADERS, END_STREAM | END_HEADERS, 1, head)], hasHead, HEAD_MS)
}

/** Whether a HEADERS frame of stream 1 is among these frames: RFC 9113 § 4.1. */
function hasHead(bytes: Buffer): boolean {
  for (let at = 0; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3)) {
    if (bytes[at + 3] === HEADERS && bytes.readUInt32BE(at + 5) === 1) return true
  }
  return false
}
