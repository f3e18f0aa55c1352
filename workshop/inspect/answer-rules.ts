/**
 * What an answer shows by itself, however it was recorded: its head, its bytes, and the dialect that its events speak.
 * Pure: the playground of the site says the same of what is pasted there.
 */
import { type HeadContext, lintHead, opensStream, type ResponseHead } from '../../checks/wire/head-rules.ts'
import { lint } from '../../checks/wire/lint.ts'
import type { Dialect, Spoken } from './dialects/dialect.ts'
import { checkDialect } from './dialects/index.ts'
import type { DialectName } from './dialects/names.ts'
import { ofBytes, ofHead, type Remark } from './remark.ts'

export interface Answered {
  head?: ResponseHead
  /** The body, unpacked. */
  bytes: Uint8Array
  /** Whether a block that is not finished by now may be blamed for that. */
  complete: boolean
}

export function headRemarks({ head }: Pick<Answered, 'head'>, context: HeadContext): Remark[] {
  return head ? lintHead(head, context).map(ofHead) : []
}

export function byteRemarks({ head, bytes, complete }: Answered): Remark[] {
  // The body of another answer is no event stream, and does not say that it is.
  if (head && !opensStream(head)) return []
  return lint(bytes, { complete }).map(ofBytes)
}

/**
 * Adds what the dialect has to say, which says some things with more reason.
 *
 * @param named the dialect that it has to be; else it is found by the events
 */
export function withDialect(
  remarks: readonly Remark[],
  spoken: Spoken,
  named?: DialectName,
): { remarks: Remark[]; dialect?: Dialect } {
  const found = checkDialect(spoken, named)
  if (!found.dialect) return { remarks: [...remarks] }
  const others = remarks.filter(({ code }) => code !== 'missing-done' && code !== 'ended')
  return { remarks: [...others, ...found.remarks], dialect: found.dialect }
}
