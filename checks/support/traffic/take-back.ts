/** Requests that are taken back in the same bytes. A client library sends the two apart, and a server may answer in between. */
import { sendFrames } from '../client/by-hand.ts'
import { DATA, END_HEADERS, END_STREAM, frame, HEADERS, PING, requestHead, reset } from '../client/frames.ts'
import type { CheckContext } from '../subject.ts'

/** How long the server may take to read it all, in milliseconds. */
const READ_MS = 5000

/** What the answer to our PING brings back: RFC 9113 § 6.7. */
const TOKEN = Buffer.from('all read')

export interface TakenBack {
  method: string
  path: string
  body?: string
  /** The error code of its RST_STREAM. */
  code: number
}

/** Resolves once the server has read all of it, or the connection is gone. */
export async function takeBack(context: CheckContext, requests: readonly TakenBack[]): Promise<void> {
  const frames = requests.flatMap(({ method, path, body, code }, i) => {
    const stream = 2 * i + 1
    const flags = END_HEADERS | (body === undefined ? END_STREAM : 0)
    return [
      frame(HEADERS, flags, stream, requestHead(method, path, context.origin)),
      ...(body === undefined ? [] : [frame(DATA, END_STREAM, stream, Buffer.from(body))]),
      reset(stream, code),
    ]
  })
  const isRead = (received: Buffer) => received.includes(TOKEN)
  await sendFrames(context, [...frames, frame(PING, 0, 0, TOKEN)], isRead, READ_MS)
}
