/**
 * HTTP/2 by hand, for what no client library sends: a request and its reset in one write, so that the server reads
 * both at once, however busy the machine is.
 */
import { authorityOf } from '../support/client/client.ts'
import { openTls } from '../support/client/tls.ts'
import type { CheckContext } from '../support/subject.ts'
import { within } from '../support/waiting.ts'

/** How long the server may take to read it all, in milliseconds. */
const READ_MS = 5000

/** Asks for `/` and takes it back with CANCEL. Resolves once the server has read both, or the connection is gone. */
export async function requestAndReset({ origin, signal }: CheckContext): Promise<void> {
  const socket = await openTls(origin, { signal })
  const { promise: read, resolve } = Promise.withResolvers<void>()
  let received = Buffer.alloc(0)
  socket.on('error', () => {}) // `close` follows
  socket.on('close', () => resolve())
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes])
    if (received.includes(PING_ANSWER)) resolve()
  })
  const request = Buffer.concat([GET_HOME, literal(authorityOf(origin))])
  const frames = [
    frame(SETTINGS, 0, 0, Buffer.alloc(0)),
    frame(HEADERS, END_STREAM | END_HEADERS, 1, request),
    frame(RST_STREAM, 0, 1, CANCEL),
    frame(PING, 0, 0, Buffer.alloc(8)),
  ]
  socket.write(Buffer.concat([PREFACE, ...frames]))
  await within(read, READ_MS)
  socket.destroy()
}

/** A frame: RFC 9113 § 4.1. */
function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** A string shorter than 127 bytes, as HPACK writes it without Huffman coding: RFC 7541 § 5.2. */
function literal(text: string): Buffer {
  return Buffer.concat([Buffer.of(text.length), Buffer.from(text)])
}

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

const HEADERS = 0x1
const RST_STREAM = 0x3
const SETTINGS = 0x4
const PING = 0x6

const END_STREAM = 0x1
const END_HEADERS = 0x4

const CANCEL = Buffer.of(0, 0, 0, 8)

/** `:method: GET`, `:scheme: https`, `:path: /`, and the name `:authority`, by their numbers: RFC 7541 appendix A. */
const GET_HOME = Buffer.of(0x82, 0x87, 0x84, 0x41)

/** Length 8, PING, ACK: how the answer to our PING begins. */
const PING_ANSWER = Buffer.of(0, 0, 8, PING, 1)
