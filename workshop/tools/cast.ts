/** A recorded terminal session, as data that a page can replay: text and styles, without escape sequences. */

/** A piece of a line, and how it is marked up: none, one or several of the names in `STYLES`. */
export type Piece = [text: string] | [text: string, styles: string]

/** What the terminal showed from `at` on, in milliseconds from the beginning, until the next frame. */
export interface CastFrame {
  at: number
  /** The rows; empty ones at the end are left out. */
  lines: Piece[][]
  /** What was done just before, for a caption. Only where something was done. */
  says?: string
}

export interface Cast {
  title: string
  columns: number
  rows: number
  /** How long the last frame is to be shown, in milliseconds. */
  hold: number
  frames: CastFrame[]
}

/** The select graphic rendition codes (ECMA-48 § 8.3.117) that our screens use, by name. */
const STYLES: Record<number, string> = {
  1: 'bold',
  2: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
}

/** The codes that end styles. */
const ENDS: Record<number, string[]> = {
  0: Object.values(STYLES),
  22: ['bold', 'dim'],
  39: ['red', 'green', 'yellow'],
}

/** A screen as text with colours, such as `tmux capture-pane -e` prints it, in pieces. Other sequences are left out. */
export function castLines(painted: string): Piece[][] {
  const styles = new Set<string>()
  const lines = painted
    .trimEnd()
    .split('\n')
    .map((line) => linePieces(line, styles))
  while (lines.length > 0 && lines.at(-1)?.length === 0) lines.pop()
  return lines
}

function linePieces(line: string, styles: Set<string>): Piece[] {
  const pieces: Piece[] = []
  for (const [, codes, text] of line.matchAll(PIECE)) {
    for (const code of codes === undefined ? [] : codes.split(';').map(Number)) {
      for (const style of ENDS[code] ?? []) styles.delete(style)
      const begun = STYLES[code]
      if (begun) styles.add(begun)
    }
    if (text) pieces.push(styles.size > 0 ? [text, [...styles].join(' ')] : [text])
  }
  return pieces
}

const PIECE = /\p{Cc}\[([\d;]*)m|(\P{Cc}+)/gu
