/** What Vitest reports, as the parts of a verdict. */
import type { TestCase, TestRunResult } from 'vitest/node'
import { type LessonManifest, lessonNumber } from '../../checks/manifest.ts'
import type { CheckResult, CheckState, Failure, Verdict } from '../../checks/verdict.ts'
import { allReadable, harmless, readable } from '../render/harmless.ts'
import { typedPath } from '../render/lines.ts'
import { originOf, type Target } from './target.ts'

/** The result of one check, from its test and what the check left in the test's `meta`. All of its text is safe to show. */
export function resultOf(test: TestCase, target: Target): CheckResult {
  const check = test.meta().check
  const ms = test.diagnostic()?.duration ?? 0
  const result: CheckResult = { id: check?.id ?? test.fullName, says: test.name, state: stateOf(test), ms }
  const failure = check?.failure ?? (result.state === 'failed' ? tooLong(test) : undefined)
  if (failure) result.failure = { ...failure, try: filled(failure.try, target) }
  if (check?.reason) result.reason = check.reason
  return allReadable(result)
}

/** A check that Vitest gave up had no time left to say why. */
function tooLong(test: TestCase): Failure {
  return {
    expected: 'a verdict in seconds',
    received: test.result().errors?.[0]?.message.split('\n')[0] ?? 'no verdict',
    why: 'Each step of a check has a bound, and all of them together took far longer than they should.',
    fix: 'Most likely the machine is busy: let other programs end, then save again. If it comes back, please report it.',
  }
}

/** The command to try, for the target at hand: a learner copies it as it is. */
function filled(command: string | undefined, target: Target): string | undefined {
  return command
    ?.replaceAll('{origin}', originOf(target))
    .replaceAll(/\{folder\}(\S*)/g, (_, file: string) => typedPath(target.label + file))
}

function stateOf(test: TestCase): CheckState {
  const { state } = test.result()
  if (state === 'passed' || state === 'failed') return state
  return test.meta().check?.reason ? 'not-run' : 'not-reached'
}

/** What is known of a run when it is over. */
export interface Finished {
  lesson: LessonManifest
  target: Target
  checks: CheckResult[]
  output: string
  cancelled: boolean
  ms: number
}

/** The verdict on a run. All of its text is safe to show, wherever it goes. */
export function verdictOf({ lesson, target, checks, output, cancelled, ms }: Finished): Verdict {
  const { slug, title } = lesson
  const held = checks.every(({ state }) => state === 'passed' || state === 'not-run')
  return {
    schema: 1,
    lesson: { number: lessonNumber(slug), slug, title },
    target: { kind: target.kind, label: readable(target.label) },
    passed: held && checks.length > 0 && !cancelled,
    checks,
    notes: [],
    output: output.split('\n').map(harmless).join('\n'),
    ms,
  }
}

/** Throws when the checks themselves failed to load or to run: that is never the learner's fault. */
export function throwBroken(slug: string, { testModules, unhandledErrors }: TestRunResult): void {
  const error: unknown = [...testModules.flatMap((module) => module.errors()), ...unhandledErrors][0]
  if (!error) return
  const message = error instanceof Object && 'message' in error ? String(error.message) : String(error)
  throw new Error(`the checks of ${slug} broke: ${message}`, { cause: error })
}
