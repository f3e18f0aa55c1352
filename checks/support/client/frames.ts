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
