/** Where a rule of the linter found something. */

import type { WireLine } from './read.ts'
import type { FindingCode, Severity } from './words.ts'

/** What the rules return: a place and a repaired line. The linter adds the words. */
export interface Spot {
  code: FindingCode
  line: WireLine
  /** Index of the first wrong byte in `line.raw`; its length when something is missing after it. */
  wrongAt: number
  /** The line as it should have been, with its line end. */
  should: string
  /** Only where it differs from the severity of the code. */
  severity?: Severity
  /** What `{name}` and `{meant}` stand for in the words. */
  name?: string
  meant?: string
}

/** The line end that a repaired line is shown with: its own, or LF. */
export function ending(line: WireLine): string {
  return line.end === 'crlf' ? '\r\n' : line.end === 'cr' ? '\r' : '\n'
}
