/**
 * What ended an observation that several checks share: one of them tells of it. Those whose question was not asked by then
 * get no tick, for nobody looked.
 */
import { NotReached, NotRun, type Report } from './failure.ts'
import type { CheckContext } from './subject.ts'

export interface Ending<Name extends string> {
  /** The check that tells of it. */
  check: Name
  report?: Report
  /** What is thrown in place of a report: the server ended, or it can not be told here. */
  error?: unknown
  /** The checks whose question was not asked, or not to its end. */
  open: readonly Name[]
}

/** Fails the check when it is the one that tells of the ending. */
export function tell<Name extends string>(
  context: CheckContext,
  name: Name,
  ending: Ending<Name> | undefined,
): void {
  if (!ending) return
  const { check, report, error, open } = ending
  if (check === name) {
    if (error) throw error
    if (report) context.fail(report)
  }
  if (open.includes(name)) throw error instanceof NotRun ? error : new NotReached()
}
