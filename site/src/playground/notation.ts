/**
 * Bytes as one can type them. A text field turns every line end into LF and takes no invisible characters, so those have
 * signs here: `<CR>`, `<NUL>`, `<BOM>` for a byte order mark, and `<FF>` for the byte FF. A new line is LF.
 */
import { decode } from '../../../checks/wire/bytes.ts'

const encoder = new TextEncoder()

/** What was typed → the bytes that it stands for. */
export function bytesOf(typed: string): Uint8Array<ArrayBuffer> {
  const text = typed.replace(/<(?:CR|NUL|BOM)>/g, (sign) => CHARACTERS[sign] as string)
  if (!BYTE_SIGN.test(text)) return encoder.encode(text)
  // A UTF-16 unit takes three bytes at most.
  const bytes = new Uint8Array(3 * text.length)
  let length = 0
  let from = 0
  const write = (part: string) => {
    length += encoder.encodeInto(part, bytes.subarray(length)).written
  }
  for (const { index, 0: sign } of text.matchAll(new RegExp(BYTE_SIGN, 'g'))) {
    write(text.slice(from, index))
    bytes[length++] = Number.parseInt(sign.slice(1), 16)
    from = index + sign.length
  }
  write(text.slice(from))
  return bytes.slice(0, length)
}

/** Bytes → what one would type for them: `bytesOf(typedFor(bytes))` gives the same bytes for any bytes. */
export function typedFor(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let index = 0; index < bytes.length; ) {
    const start = index
    let length = characterLength(bytes, index)
    for (; length > 0; length = characterLength(bytes, index)) index += length
    parts.push(typedText(decode(bytes.subarray(start, index))))
    if (index < bytes.length) parts.push(hex(bytes[index++] as number))
  }
  return parts.join('')
}

function typedText(text: string): string {
  // A `<` of the text is written as a byte where it would begin a sign.
  return text
    .replace(/<(?=(?:CR|NUL|BOM|[0-9A-F]{2})>)/g, '<3C>')
    .replace(/[\r\0\uFEFF]/g, (character) => SIGNS[character] as string)
}

/** How many bytes the character at `index` has; 0 when they are not valid UTF-8 (Unicode, table 3-7), or not there. */
function characterLength(bytes: Uint8Array, index: number): number {
  const first = bytes[index] ?? 0xff
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) return 0
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  const second = bytes[index + 1] ?? 0
  if (second < lowest || second > highest) return 0
  for (let at = index + 2; at < index + length; at++) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}

const hex = (byte: number) => `<${byte.toString(16).toUpperCase().padStart(2, '0')}>`

const CHARACTERS: Record<string, string> = { '<CR>': '\r', '<NUL>': '\0', '<BOM>': '\uFEFF' }
const SIGNS = Object.fromEntries(Object.entries(CHARACTERS).map(([sign, character]) => [character, sign]))
const BYTE_SIGN = /<[0-9A-F]{2}>/
