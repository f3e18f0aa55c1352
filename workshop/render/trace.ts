/** Where the time of a verdict went, for the authors of checks. */
import type { Verdict } from '../../checks/verdict.ts'

/** How long parts of the work took that no check is about, in milliseconds. */
export interface Times {
  /** From the start of the command until the first run could begin. */
  loading: number
  /** Processor time of the checks' own process during the run; the learner's program is another one. */
  processor: number
}

/** What `npm run check -- 3 --trace` prints behind the verdict: a line a check, and what is left when all are counted. */
export function traceText(
  { checks, ms }: Pick<Verdict, 'checks' | 'ms'>,
  { loading, processor }: Times,
): string {
  const reached = checks.filter(({ state }) => state === 'passed' || state === 'failed')
  const between = ms - reached.reduce((sum, check) => sum + check.ms, 0)
  const rows: [ms: number, what: string][] = [
    [loading, 'until Vitest was loaded'],
    [
      between,
      'for the thread of the checks and the start of the server, before the first check and between them',
    ],
    ...reached.map((check): [number, string] => [check.ms, check.id]),
    [ms, `from the begin of the run to the verdict; of it ${processor.toFixed(0)} ms of our own processor`],
  ]
  return rows.map(([time, what]) => `  ${time.toFixed(0).padStart(6)} ms  ${what}\n`).join('')
}
