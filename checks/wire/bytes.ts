/** Helpers for raw bytes: joining, decoding, and showing them to people. Pure; runs in browsers too. */

/** One received line with the first wrong byte marked, and the line it should have been. */
export interface ByteExcerpt {
  /** The received line with its line ends made visible (`␊`, `␍`). */
  line: string
  /** Where the first wrong byte stands in `line`, in characters from 0. */
  caret: number
  /** What the line should have been, made visible in the same way. */
  should: string
}

/** An excerpt's lines have at most this many characters. */
const EXCERPT_LENGTH = 60

// With `ignoreBOM: true` the decoder keeps the BOM: what is shown and counted here is every byte there is.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Joins chunks into one array of bytes. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    joined.set(chunk, offset)
    offset += chunk.length
  }
  return joined
}

/** Decodes UTF-8. Invalid bytes become U+FFFD, as in an event stream, and a BOM is kept as U+FEFF. */
export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** The index of the first byte that is not valid UTF-8, or -1. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  let index = 0
  for (const character of decode(bytes)) {
    const code = character.codePointAt(0) as number
    const isReal = bytes[index] === 0xef && bytes[index + 1] === 0xbf && bytes[index + 2] === 0xbd
    if (code === 0xfffd && !isReal) return index
    index += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return -1
}

/**
 * Makes every character visible: LF → `␊`, CR → `␍`, tab → `␉`, NUL → `␀`, other control characters likewise,
 * a BOM → `<BOM>`, other invisible characters → `<U+200B>`, invalid UTF-8 → `�`. It is safe to print on a
 * terminal.
 */
export function visible(source: Uint8Array | string): string {
  const text = typeof source === 'string' ? source : decode(source)
  return Array.from(text, visibleCharacter).join('')
}

/**
 * Shows one received line, a caret under its first wrong byte, and the line it should have been. Long lines
 * are cut around the caret, both at the same place.
 *
 * @param line the line's bytes, with its line end
 * @param wrongAt index of the first wrong byte in `line`; `line.length` when something is missing after it
 * @param should the right line, not yet made visible
 */
export function excerpt({
  line,
  wrongAt,
  should,
}: {
  line: Uint8Array
  wrongAt: number
  should: string
}): ByteExcerpt {
  const received = Array.from(visible(line))
  const right = Array.from(visible(should))
  const caret = Array.from(visible(line.subarray(0, wrongAt))).length
  const start = cutStart(received.length, caret)
  const shown = cut(received, start)
  return {
    line: shown.join(''),
    // In UTF-16 units, so that `line.slice(0, caret)` is what stands before the caret.
    caret: shown.slice(0, caret - start).join('').length,
    should: cut(right, Math.min(start, cutStart(right.length, caret))).join(''),
  }
}

function cutStart(length: number, caret: number): number {
  return Math.max(0, Math.min(caret - EXCERPT_LENGTH / 2, length - EXCERPT_LENGTH))
}

function cut(characters: string[], start: number): string[] {
  const part = characters.slice(start, start + EXCERPT_LENGTH)
  if (start > 0) part[0] = '…'
  if (start + EXCERPT_LENGTH < characters.length) part[part.length - 1] = '…'
  return part
}

function visibleCharacter(character: string): string {
  const code = character.codePointAt(0) as number
  // Unicode has a picture of each C0 control character, in the same order, and one of DEL.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return '␡'
  if (code === 0xfeff) return '<BOM>'
  return HIDDEN.test(character) ? `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>` : character
}

/** C1 controls, the zero-width space, line separators, and what turns the direction of text. */
const HIDDEN = /[\u0080-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069]/
