/** A sender that is gone before it can be answered: its RST_STREAM comes in the same bytes as its message. */
import { once } from 'node:events'
import { authorityOf } from '../support/client/client.ts'
import {
  AUTHORITY,
  END_HEADERS,
  END_STREAM,
  frame,
  HEADERS,
  literal,
  PREFACE,
  SETTINGS,
} from '../support/client/frames.ts'
import { openTls } from '../support/client/tls.ts'
import type { CheckContext } from '../support/subject.ts'
import { within } from '../support/waiting.ts'

const DATA = 0x0
const RST_STREAM = 0x3
const PING = 0x6

/** `:method: POST` and `:scheme: https`, and the number of the name `:path`: RFC 7541 appendix A. */
const POST = Buffer.of(0x83, 0x87)
const PATH = Buffer.of(0x04)

/** What the answer to our PING brings back: RFC 9113 § 6.7. */
const TOKEN = Buffer.from('all read')

/** How long it may take, in milliseconds. */
const READ_MS = 5000

/**
 * Sends a message for each error code, with a reset of that code right behind it. A client library sends the two one
 * after the other, and a server may answer in between. Resolves when the server has read all of it, or has ended.
 */
export async function sendHastily(
  context: CheckContext,
  text: string,
  codes: readonly number[],
): Promise<void> {
  const socket = await openTls(context.origin, context)
  let received = Buffer.alloc(0)
  const read = new Promise<void>((resolve) => {
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes])
      if (received.includes(TOKEN)) resolve()
    })
  })
  socket.on('error', () => {}) // `close` follows
  const closed = once(socket, 'close')
  const head = Buffer.concat([
    POST,
    PATH,
    literal('/messages'),
    AUTHORITY,
    literal(authorityOf(context.origin)),
  ])
  socket.write(Buffer.concat([PREFACE, frame(SETTINGS, 0, 0, Buffer.alloc(0))]))
  for (const [i, code] of codes.entries()) {
    const id = 2 * i + 1
    const reset = Buffer.alloc(4)
    reset.writeUInt32BE(code)
    const frames = [
      frame(HEADERS, END_HEADERS, id, head),
      frame(DATA, END_STREAM, id, Buffer.from(text)),
      frame(RST_STREAM, 0, id, reset),
    ]
    socket.write(Buffer.concat(frames))
  }
  socket.write(frame(PING, 0, 0, TOKEN))
  await within(Promise.race([read, closed]), READ_MS)
  socket.destroy()
}
