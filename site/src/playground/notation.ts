/**
 * Bytes as one can type them. A text field turns every line end into LF and takes no invisible characters, so those have
 * signs here: `<CR>`, `<NUL>`, `<BOM>` for a byte order mark, and `<FF>` for the byte FF. A new line is LF.
 */
import { concat } from '../../../checks/wire/bytes.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** What was typed → the bytes that it stands for. */
export function bytesOf(typed: string): Uint8Array {
  return concat(typed.split(SIGNS).map((part) => signBytes(part) ?? encoder.encode(part)))
}

/** Bytes → what one would type for them: `bytesOf(typedFor(bytes))` gives the same bytes for any bytes. */
export function typedFor(bytes: Uint8Array): string {
  let typed = ''
  for (let index = 0; index < bytes.length; ) {
    const length = characterLength(bytes, index)
    typed +=
      length === 0 ? hex(bytes[index] as number) : typedCharacter(bytes.subarray(index, index + length))
    index += length || 1
  }
  // A `<` of the text is written as a byte where it would begin a sign.
  return typed.replace(MARKS_LIKE_SIGNS, '<3C>').replaceAll(MARK, '<')
}

function typedCharacter(bytes: Uint8Array): string {
  const character = decoder.decode(bytes)
  if (character === '<') return MARK
  if (character === MARK) return Array.from(bytes, hex).join('')
  return { '\r': '<CR>', '\0': '<NUL>', '\uFEFF': '<BOM>' }[character] ?? character
}

/** How many bytes the character at `index` has; 0 when they are not valid UTF-8. */
function characterLength(bytes: Uint8Array, index: number): number {
  const first = bytes[index] as number
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  try {
    decoder.decode(bytes.subarray(index, index + length))
    return Math.min(length, bytes.length - index)
  } catch {
    return 0
  }
}

function signBytes(part: string): Uint8Array | undefined {
  if (part === '<CR>') return Uint8Array.of(0x0d)
  if (part === '<NUL>') return Uint8Array.of(0)
  if (part === '<BOM>') return Uint8Array.of(0xef, 0xbb, 0xbf)
  const [, digits] = /^<([0-9A-F]{2})>$/.exec(part) ?? []
  return digits === undefined ? undefined : Uint8Array.of(Number.parseInt(digits, 16))
}

const hex = (byte: number) => `<${byte.toString(16).toUpperCase().padStart(2, '0')}>`

const SIGNS = /(<CR>|<NUL>|<BOM>|<[0-9A-F]{2}>)/

/** Stands for a `<` of the text until all signs are written: a character that nobody types. */
const MARK = '\uE000'
const MARKS_LIKE_SIGNS = /\uE000(?=(CR|NUL|BOM|[0-9A-F]{2})>)/g
