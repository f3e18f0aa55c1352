/**
 * Whether an answer came that our client would not take. Node resets a stream whose head breaks the rules, and tells
 * nothing of it: as if the server had reset the stream. What stands on the wire tells them apart.
 */
import { authorityOf } from '../client/client.ts'
import {
  AUTHORITY,
  END_HEADERS,
  END_STREAM,
  frame,
  HEADERS,
  literal,
  PREFACE,
  SETTINGS,
} from '../client/frames.ts'
import { openTls } from '../client/tls.ts'
import type { CheckContext } from '../subject.ts'
import { within } from '../waiting.ts'

/** How long the head may take, in milliseconds. One came before, and was refused. */
const HEAD_MS = 2000

/** Asks for GET `path` with frames of our own. True when a HEADERS frame comes back on its stream. */
export async function sendsHead({ origin, signal }: CheckContext, path: string): Promise<boolean> {
  const socket = await openTls(origin, { signal })
  const { promise, resolve } = Promise.withResolvers<boolean>()
  let received = Buffer.alloc(0)
  socket.on('error', () => {}) // `close` follows
  socket.on('close', () => resolve(false))
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes])
    if (hasHead(received)) resolve(true)
  })
  const request = Buffer.concat([
    GET,
    Buffer.of(PATH),
    literal(path),
    AUTHORITY,
    literal(authorityOf(origin)),
  ])
  socket.write(
    Buffer.concat([
      PREFACE,
      frame(SETTINGS, 0, 0, Buffer.alloc(0)),
      frame(HEADERS, END_STREAM | END_HEADERS, 1, request),
    ]),
  )
  const came = await within(promise, HEAD_MS)
  socket.destroy()
  return came === true
}

/** Whether a HEADERS frame of stream 1 is among these frames: RFC 9113 § 4.1. */
function hasHead(bytes: Buffer): boolean {
  for (let at = 0; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3)) {
    if (bytes[at + 3] === HEADERS && bytes.readUInt32BE(at + 5) === 1) return true
  }
  return false
}

/** `:method: GET` and `:scheme: https`, and the number of the name `:path`: RFC 7541 appendix A. */
const GET = Buffer.of(0x82, 0x87)
const PATH = 0x04
