/** A row of a recorded screen, for a page: its columns apart, and line ends as letters, which every font has. */
import type { Piece } from '../../../workshop/tools/cast.ts'

export interface Part {
  text: string
  /** How the terminal showed it. */
  styles?: string
  /** The text is the name of a line end: LF or CR. */
  isEnd?: boolean
}

const ENDS: Record<string, string> = { '␊': 'LF', '␍': 'CR' }

/** The columns of a row, which a rule divides: most rows have one. A line end takes the space behind it as well. */
export function columnsOf(row: readonly Piece[]): Part[][] {
  const columns: Part[][] = [[]]
  for (const [text, styles] of row) {
    for (const part of text.split(/(│|[␊␍] ?)/)) {
      const end = ENDS[part.trim()]
      if (part === '│') columns.push([])
      else if (end) columns.at(-1)?.push({ text: end, isEnd: true })
      else if (part !== '') columns.at(-1)?.push({ text: part, styles })
    }
  }
  return columns
}
