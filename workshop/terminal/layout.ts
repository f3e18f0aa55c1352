/** Lines on a terminal: how wide they are, and which of them fit. Pure. */
import { stripVTControlCharacters } from 'node:util'
import type { TextOptions } from '../render/paint.ts'

export interface Size {
  columns: number
  rows: number
}

/** How a view is to be drawn. `rows` is the room there is; what is longer is scrolled. */
export interface Room extends TextOptions {
  rows: number
}

/** How many columns a text takes; colours take none. */
export function columnsOf(text: string): number {
  const bare = stripVTControlCharacters(text)
  if (/^[ -~]*$/.test(bare)) return bare.length
  let columns = 0
  for (const { segment } of segmenter.segment(bare)) columns += WIDE.test(segment) ? 2 : 1
  return columns
}

/** The beginning of a text that fits into `columns`; `…` stands for what is cut. */
export function clip(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let room = columns - 1
  let kept = ''
  for (const [piece] of text.matchAll(PIECE)) {
    const taken = columnsOf(piece)
    if (taken > room) break
    room -= taken
    kept += piece
  }
  return `${kept}…${kept.includes(ESCAPE) ? `${ESCAPE}[0m` : ''}`
}

/** The beginning and the end of a text without colours, which fit into `columns`; `…` stands for what is cut between. */
export function clipMiddle(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  const pieces = Array.from(segmenter.segment(text), ({ segment }) => segment)
  let start = pieces.length
  for (let room = Math.floor((columns - 1) / 2); start > 0; start--) {
    room -= columnsOf(pieces[start - 1] ?? '')
    if (room < 0) break
  }
  const end = pieces.slice(start).join('')
  return clip(text, columns - columnsOf(end)) + end
}

/**
 * A text without colours, in as many lines of at most `columns` as it needs; those behind the first leave room to
 * indent them by two. Broken before a word where there is one not too far back: code must not lose its spaces.
 */
export function fold(text: string, columns: number): string[] {
  if (columnsOf(text) <= columns) return [text]
  const characters = Array.from(segmenter.segment(text), ({ segment }) => segment)
  let end = 0
  for (let room = columns; end < characters.length; end++) {
    room -= columnsOf(characters[end] ?? '')
    if (room < 0) break
  }
  const space = characters.lastIndexOf(' ', end) + 1
  const cut = Math.max(1, space > end - columns / 3 && space <= end ? space : end)
  const rest = characters.slice(cut).join('')
  return [characters.slice(0, cut).join('').trimEnd(), ...fold(rest, Math.max(4, columns - 2))]
}

/** A text in `columns`: cut when it is longer, filled with spaces when it is shorter. */
export function fill(text: string, columns: number): string {
  const clipped = clip(text, columns)
  return clipped + ' '.repeat(Math.max(0, columns - columnsOf(clipped)))
}

/** `left` and `right` at the two ends of one line; on a line each where they don't fit. */
export function ends(left: string, right: string, columns: number): string[] {
  const gap = columns - columnsOf(left) - columnsOf(right)
  return gap < 2 ? [left, `  ${right}`] : [left + ' '.repeat(gap) + right]
}

/** How many rows a line takes; one that is wider than the terminal goes on in the next row. */
export function rowsOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(columnsOf(line) / columns))
}

/** The lines that are shown of many, and how far down one could go. */
export interface Window {
  lines: string[]
  /** The largest scroll that still shows something new. */
  last: number
}

/**
 * The part of `lines` that fits into `size`, from line `scroll` on. Where something is cut, the last row says how
 * many lines follow, so it is never mistaken for the whole.
 */
export function windowOf(lines: string[], { columns, rows }: Size, scroll: number): Window {
  if (heightOf(lines, columns) <= rows) return { lines, last: 0 }
  const room = Math.max(1, rows - 1)
  let last = lines.length
  for (let height = 0; last > 0; last--) {
    height += rowsOf(lines[last - 1] ?? '', columns)
    if (height > room) break
  }
  const first = Math.min(scroll, last)
  let end = first
  for (let height = 0; end < lines.length; end++) {
    height += rowsOf(lines[end] ?? '', columns)
    if (height > room) break
  }
  const below = lines.length - end
  const more = below > 0 ? `  ↓ ${below} more` : `  ↑ ${first} above`
  return { lines: [...lines.slice(first, Math.max(end, first + 1)), more].slice(0, rows), last }
}

/** As many of the first lines as there are rows for. */
export function firstOf(lines: string[], { columns, rows }: Size): string[] {
  let room = rows
  const end = lines.findIndex((line) => {
    room -= rowsOf(line, columns)
    return room < 0
  })
  return end === -1 ? lines : lines.slice(0, end)
}

export function heightOf(lines: string[], columns: number): number {
  return lines.reduce((height, line) => height + rowsOf(line, columns), 0)
}

const segmenter = new Intl.Segmenter()
const ESCAPE = '\u001b'
const PIECE = /\p{Cc}\[[\d;]*m|\P{Cc}/gu
const WIDE =
  /\p{Emoji_Presentation}|\uFE0F|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u
