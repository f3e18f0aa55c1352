/** What `npm run grade` prints, as text. */
import { lessons } from '../../checks/lessons.ts'
import { firstFailed } from '../../checks/verdict.ts'
import { type CaseKind, nameOf } from './cases.ts'
import type { Grade, Graded } from './grade.ts'
import { type HellResult, isBearable } from './hell.ts'
import type { Leftovers } from './leftovers.ts'

/** How many of the slowest cases are named. */
const SLOWEST = 10

/** What became of a lesson's cases: how many of the wrong ones were caught by their own check, and so on. */
interface Tally {
  slug: string
  caught: number
  missed: number
  other: number
  passed: number
  failed: number
}

/** One tally a lesson. Lessons without any case are left out. */
function tally(graded: readonly Graded[]): Tally[] {
  return lessons.flatMap(({ slug }) => {
    const of = graded.filter((each) => each.case.lesson.slug === slug)
    const count = (kind: CaseKind, grade: Grade) =>
      of.filter((each) => each.case.kind === kind && each.grade === grade).length
    const wrong = {
      caught: count('wrong', 'good'),
      missed: count('wrong', 'missed'),
      other: count('wrong', 'other check'),
    }
    const right = { passed: count('right', 'good'), failed: count('right', 'wrongly failed') }
    return of.length > 0 ? [{ slug, ...wrong, ...right }] : []
  })
}

/** Lesson × what became of its cases. */
export function matrix(graded: readonly Graded[]): string {
  const rows = tally(graded).map(({ slug, ...counts }) => {
    const columns = Object.values(counts).map((count) => String(count).padStart(9))
    return `${slug.padEnd(20)}${columns.join('')}`
  })
  return [MATRIX, ...rows].join('\n')
}

/** A verdict that is not what the case says, with what the learner would read. */
export function complaint({ case: each, grade, verdict, message }: Graded): string {
  const by = firstFailed(verdict)?.id ?? 'nothing'
  return `${nameOf(each)}: ${grade}\n  ${each.says}\n  expected ${each.caught ?? 'to pass'}, caught by ${by}\n${message}`
}

/** The cases that took longest, in seconds. */
export function slowest(graded: readonly Graded[]): string {
  const sorted = graded.toSorted((a, b) => b.verdict.ms - a.verdict.ms).slice(0, SLOWEST)
  const rows = sorted.map((each) => `${seconds(each.verdict.ms)}  ${nameOf(each.case)}`)
  return ['The slowest, in seconds:', ...rows].join('\n')
}

/** The cases whose verdict or message was not the same in every round, with each of them. Empty when there is none. */
export function differing(rounds: readonly Graded[][]): string {
  const told = new Map<string, string[]>()
  for (const { case: each, grade, message } of rounds.flat()) {
    told.set(nameOf(each), [...(told.get(nameOf(each)) ?? []), message || `${grade}, and passed`])
  }
  return [...told]
    .filter(([, messages]) => new Set(messages).size > 1)
    .map(([name, messages]) => {
      const kinds = [...Map.groupBy(messages, (message) => message)]
      return `${name} differs:\n${kinds.map(([message, times]) => `${times.length} × ${message}`).join('\n')}`
    })
    .join('\n')
}

/** One line a program from hell: whether all is well, check, seconds, what is left of it, and what the learner reads. */
export function hellTable(results: readonly HellResult[]): string {
  const rows = results.map((result) => {
    const { case: each, verdict, left, grown, message } = result
    const columns = [seconds(verdict.ms), left.processes.size, left.ports.length, grown].map((value) =>
      String(value).padStart(7),
    )
    const check = firstFailed(verdict)?.id ?? '(passes)'
    const mark = isBearable(result) ? '✓' : '✗'
    return `${mark} ${each.name.padEnd(24)}${check.padEnd(28)}${columns.join('')}  ${message}`
  })
  return [HELL_HEADING, ...rows].join('\n')
}

/** What was left behind, one line each. */
export function leftoverText({ processes, ports }: Leftovers): string {
  const lines = [...processes].map(([pid, command]) => `process ${pid}: ${command}`)
  return [
    `${processes.size} processes and ${ports.length} ports left.`,
    ...lines,
    ...ports.map((port) => `port ${port}`),
  ].join('\n')
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1).padStart(5)
}

const MATRIX = `                      wrong servers              right servers
lesson                 caught   missed    other    passed   failed`

const HELL_HEADING = `  program                 check                      seconds  procs  ports    MiB  received`
