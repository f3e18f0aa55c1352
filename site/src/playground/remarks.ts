/** What the stream linter says of a stream. */
import { type Finding, lint } from '../../../checks/wire/lint.ts'

export interface Remarks {
  /** Those of a kind that are only counted are in it. */
  count: number
  /** The first few of each kind, in the order of the bytes. */
  shown: Finding[]
}

export function remarksOn(bytes: Uint8Array): Remarks {
  const shown = lint(bytes, { complete: true })
  return { count: shown.reduce((sum, { more = 0 }) => sum + 1 + more, 0), shown }
}
