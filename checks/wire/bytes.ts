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

/** They are cut from so many bytes to each side of the caret: a character has four at most. */
const NEAR = 4 * (EXCERPT_LENGTH + 1)

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

/** One character for each byte: U+0000 to U+00FF. */
export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += ARGUMENTS)
    text += String.fromCharCode(...bytes.subarray(at, at + ARGUMENTS))
  return text
}

/** A function takes only so many. */
const ARGUMENTS = 8192

/** Decodes UTF-8. Invalid bytes become U+FFFD, as in an event stream, and a BOM is kept as U+FEFF. */
export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** The index of the first byte that is not valid UTF-8, or -1. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  for (let index = 0; index < bytes.length; ) {
    const length = sequenceLength(bytes, index)
    if (length === 0) return index
    index += length
  }
  return -1
}

/** How many bytes the character at `at` has, or 0 when it is not valid (Unicode 17, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number
  if (lead < 0x80) return 1
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  // Nothing longer than needed, no half of a surrogate pair, nothing past U+10FFFF: the second byte tells.
  const second = bytes[at + 1] ?? 0
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return 0
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return 0
  for (let index = at + 1; index < at + length; index++) {
    if (((bytes[index] ?? 0) & 0xc0) !== 0x80) return 0
  }
  return length
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
 * are cut around the caret, both at the same place. What is far from the caret is not looked at.
 *
 * @param line the line's bytes, with its line end
 * @param wrongAt index of the first wrong byte in `line`; `line.length` when something is missing after it
 * @param should the right line, not yet made visible; the same as `line` up to the wrong byte, if that is far in
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
  // What is left out at either side has at least as many characters as are shown, so it is cut in any case.
  const from = startOfCharacter(line, wrongAt - NEAR)
  const to = startOfCharacter(line, wrongAt + NEAR)
  const skipped = decode(line.subarray(0, from)).length
  const received = Array.from(visible(line.subarray(from, to)))
  const rightFrom = Math.min(skipped, Math.max(0, should.length - NEAR))
  const right = Array.from(visible(should.slice(rightFrom, rightFrom + 2 * NEAR)))
  const caret = Array.from(visible(line.subarray(from, wrongAt))).length
  // What the right line has more than the received one is to be seen as well.
  const start = cutStart(Math.max(received.length, right.length), caret)
  const shown = cut(received, start)
  return {
    line: shown.join(''),
    // In UTF-16 units, so that `line.slice(0, caret)` is what stands before the caret.
    caret: shown.slice(0, caret - start).join('').length,
    should: cut(right, start < right.length ? start : cutStart(right.length, caret)).join(''),
  }
}

/**
 * An excerpt in lines of at most `length` characters. Both are cut at the same place, and before the one where they first
 * differ: that place is never what is cut off, nor is the caret's.
 */
export function narrow(found: ByteExcerpt, length: number): ByteExcerpt {
  const received = Array.from(found.line)
  const right = Array.from(found.should)
  const longest = Math.max(received.length, right.length)
  if (longest <= length) return found
  const caret = Array.from(found.line.slice(0, found.caret)).length
  const differs = received.findIndex((character, index) => character !== right[index])
  const place = differs === -1 ? caret : Math.min(caret, differs)
  const start = cutStart(longest, place, length)
  const shown = cut(received, start, length)
  const before = shown.slice(0, Math.max(0, caret - start)).join('')
  return { line: shown.join(''), caret: before.length, should: cut(right, start, length).join('') }
}

/** `at` or a little before, so that no character is cut in two; inside the bytes. */
function startOfCharacter(bytes: Uint8Array, at: number): number {
  const inside = Math.min(Math.max(at, 0), bytes.length)
  for (let back = 0; back < 4; back++) {
    if (((bytes[inside - back] ?? 0) & 0xc0) !== 0x80) return inside - back
  }
  return inside
}

/** Where to begin with what is shown of so many characters, so that the one at `caret` stands in its middle. */
function cutStart(characters: number, caret: number, length = EXCERPT_LENGTH): number {
  return Math.max(0, Math.min(caret - Math.floor(length / 2), characters - length))
}

function cut(characters: string[], start: number, length = EXCERPT_LENGTH): string[] {
  const part = characters.slice(start, start + length)
  if (start > 0 && part.length > 0) part[0] = '…'
  if (start + length < characters.length) part[part.length - 1] = '…'
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
