/** The little of HTTP/2 that is written by hand, where a client library sends or takes less than is wanted. */
import { authorityOf } from './client.ts'

/** The types of frames: RFC 9113 § 6. */
export const DATA = 0x0
export const HEADERS = 0x1
export const RST_STREAM = 0x3
export const SETTINGS = 0x4
export const PING = 0x6
export const GOAWAY = 0x7
export const WINDOW_UPDATE = 0x8

/** Their flags. ACK is one of SETTINGS and PING. */
export const END_STREAM = 0x1
export const ACK = 0x1
export const END_HEADERS = 0x4
export const PADDED = 0x8

/** A frame: RFC 9113 § 4.1. */
export function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** What a client says first, with the settings that it changes, if any: RFC 9113 § 3.4. */
export function preface(settings = Buffer.alloc(0)): Buffer {
  return Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(SETTINGS, 0, 0, settings)])
}

/** RST_STREAM with an error code: RFC 9113 § 6.4. */
export function reset(stream: number, code: number): Buffer {
  const payload = Buffer.alloc(4)
  payload.writeUInt32BE(code)
  return frame(RST_STREAM, 0, stream, payload)
}

/**
 * The head of a request as HPACK writes it without its table. The names `:method`, `:path` and `:authority`, and the whole
 * of `:scheme: https`, have numbers: RFC 7541 § 6.2.2 and appendix A.
 */
export function requestHead(method: string, path: string, origin: string): Buffer {
  const pseudo = [
    [0x02, method],
    [0x04, path],
    [0x01, authorityOf(origin)],
  ] as const
  const fields = pseudo.flatMap(([name, value]) => [Buffer.of(name), literal(value)])
  return Buffer.concat([...fields, Buffer.of(0x87)])
}

/** A string as HPACK writes it without Huffman coding: RFC 7541 § 5.2. It begins with its length: § 5.1. */
export function literal(text: string): Buffer {
  const bytes = Buffer.from(text)
  const length = [Math.min(bytes.length, 127)]
  if (bytes.length >= 127) {
    let rest = bytes.length - 127
    for (; rest >= 128; rest = Math.floor(rest / 128)) length.push((rest % 128) + 128)
    length.push(rest)
  }
  return Buffer.concat([Buffer.from(length), bytes])
}
