/** Verdicts as a JUnit report, which CI systems read: a suite a lesson, a case a check. */
import type { CheckResult, Verdict } from '../../checks/verdict.ts'
import { xmlText } from './harmless.ts'

/** The report as one XML document. Times are in seconds. */
export function junitText(verdicts: Verdict[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${verdicts.map(suite).join('')}</testsuites>\n`
}

function suite({ lesson, target, checks, ms }: Verdict): string {
  const failures = checks.filter(({ state }) => state === 'failed').length
  const skipped = checks.filter(({ state }) => state === 'not-run' || state === 'not-reached').length
  const name = attribute(`${lesson.slug} ${target.label}`)
  const counts = `tests="${checks.length}" failures="${failures}" skipped="${skipped}" time="${seconds(ms)}"`
  return `  <testsuite name="${name}" ${counts}>\n${checks.map(testCase).join('')}  </testsuite>\n`
}

function testCase({ id, says, state, failure, reason, ms }: CheckResult): string {
  const open = `    <testcase classname="${attribute(id)}" name="${attribute(says)}" time="${seconds(ms)}"`
  if (state === 'passed') return `${open}/>\n`
  if (!failure) return `${open}><skipped message="${attribute(reason ?? 'not reached')}"/></testcase>\n`
  const text = `expected: ${failure.expected}\nreceived: ${failure.received}\nwhy: ${failure.why}\nfix: ${failure.fix}`
  const message = attribute(failure.received)
  return `${open}>\n      <failure message="${message}">${xmlText(text)}</failure>\n    </testcase>\n`
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}

function attribute(text: string): string {
  return xmlText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')
}
