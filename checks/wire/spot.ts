/** Where a rule of the linter found something. */

import { latin1 } from './bytes.ts'
import { endLength, type WireLine } from './lines.ts'
import type { FindingCode, Severity } from './words.ts'

/** What the rules return. The linter adds the words. */
export interface Spot {
  code: FindingCode
  line: WireLine
  /** Only where it differs from the severity of the code. */
  severity?: Severity
  /** Tells the rest, of the few that are told: there may be millions. */
  show: () => Shown
}

/** A place in a line, and the line repaired. */
export interface Shown {
  /** Index of the first wrong byte in `line.raw`; its length when something is missing after it. */
  wrongAt: number
  /** The line as it should have been, with its line end. */
  should: string
  /** What `{name}` and `{meant}` stand for in the words. */
  name?: string
  meant?: string
}

/** The line end that a repaired line is shown with: its own, or LF. */
export function ending(line: WireLine): string {
  return line.end === 'crlf' ? '\r\n' : line.end === 'cr' ? '\r' : '\n'
}

/**
 * A line's bytes as a text without its line end, in which every byte is one character: positions are byte offsets, and
 * ASCII reads as itself.
 */
export function byteText(line: WireLine): string {
  const length = line.length - endLength(line.end)
  return line.text.length === length ? line.text : latin1(line.raw.subarray(0, length))
}
