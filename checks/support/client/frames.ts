/** The little of HTTP/2 that is written by hand, where a client library sends or takes less than is wanted. */

/** What a client says first: RFC 9113 § 3.4. */
export const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

export const HEADERS = 0x1
export const SETTINGS = 0x4

export const END_STREAM = 0x1
export const END_HEADERS = 0x4

/** The number of the name `:authority`, with a value behind it: RFC 7541 § 6.2.2. */
export const AUTHORITY = Buffer.of(0x01)

/** A frame: RFC 9113 § 4.1. */
export function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** A string shorter than 127 bytes, as HPACK writes it without Huffman coding: RFC 7541 § 5.2. */
export function literal(text: string): Buffer {
  return Buffer.concat([Buffer.of(text.length), Buffer.from(text)])
}
