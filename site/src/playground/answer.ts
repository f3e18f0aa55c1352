/** What is typed, taken apart: an event stream, or an answer with its head, as `curl -i` writes it. */
import { opensStream, type ResponseHead } from '../../../checks/wire/head-rules.ts'
import { readHeads } from '../../../workshop/inspect/saved-head.ts'
import { readStream, type Stream } from './stream.ts'

export interface Answer {
  head?: ResponseHead
  /** The bytes of all heads, of which the last one counts. */
  headBytes: Uint8Array
  body: Uint8Array
  /** What a browser reads: the body, or nothing behind a head at which it gives up. */
  stream: Stream
}

export function readAnswer(bytes: Uint8Array): Answer {
  const { head, length } = readHeads(bytes, true) ?? { length: 0 }
  const body = bytes.subarray(length)
  return {
    ...(head && { head }),
    headBytes: bytes.subarray(0, length),
    body,
    stream: readStream(isRefused({ head }) ? new Uint8Array() : body),
  }
}

/** Whether there is a head at which a browser gives up. */
export function isRefused({ head }: { head?: ResponseHead | undefined }): boolean {
  return head !== undefined && !opensStream(head)
}
