/**
 * HTTP/2 by hand, for what no client library sends: requests and their resets in one write, so that the server
 * reads them at once, however busy the machine is.
 */
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

/** How long the server may take to read it all, in milliseconds. */
const READ_MS = 5000

/**
 * Asks for `/`, for a path that is not there, and for `/` with HEAD, and takes each back with CANCEL. Resolves once the
 * server has read it all, or the connection is gone.
 */
export async function requestsAndResets({ origin, signal }: CheckContext): Promise<void> {
  const socket = await openTls(origin, { signal })
  const { promise: read, resolve } = Promise.withResolvers<void>()
  let received = Buffer.alloc(0)
  socket.on('error', () => {}) // `close` follows
  socket.on('close', () => resolve())
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes])
    if (received.includes(PING_ANSWER)) resolve()
  })
  const requests = [GET_HOME, GET_NOTHING, HEAD_HOME].flatMap((head, i) => {
    const fields = Buffer.concat([head, AUTHORITY, literal(authorityOf(origin))])
    const stream = 2 * i + 1
    return [frame(HEADERS, END_STREAM | END_HEADERS, stream, fields), frame(RST_STREAM, 0, stream, CANCEL)]
  })
  const frames = [frame(SETTINGS, 0, 0, Buffer.alloc(0)), ...requests, frame(PING, 0, 0, Buffer.alloc(8))]
  socket.write(Buffer.concat([PREFACE, ...frames]))
  await within(read, READ_MS)
  socket.destroy()
}

const RST_STREAM = 0x3
const PING = 0x6

const CANCEL = Buffer.of(0, 0, 0, 8)

/** The static table has a number for `:method: GET`, `:scheme: https`, `:path: /`: RFC 7541 appendix A. */
const GET_HOME = Buffer.of(0x82, 0x87, 0x84)

/** The same, with a `:path` and a `:method` written out: RFC 7541 § 6.2.2. */
const GET_NOTHING = Buffer.concat([Buffer.of(0x82, 0x87, 0x04), literal('/nothing-here')])
const HEAD_HOME = Buffer.concat([Buffer.of(0x02), literal('HEAD'), Buffer.of(0x87, 0x84)])

/** Length 8, PING, ACK: how the answer to our PING begins. */
const PING_ANSWER = Buffer.of(0, 0, 8, PING, 1)
