/** The checks of a lesson, as far as they are known. */
import type { CheckResult, Verdict } from '../../checks/verdict.ts'
import { harmless } from '../render/harmless.ts'
import { wrap } from '../render/lines.ts'
import { checkLines, resultLines, row } from '../render/text.ts'
import type { Room } from '../terminal/layout.ts'
import { clip, heightOf } from '../terminal/layout.ts'
import { isFresh, nextLesson, type State, showsFix } from './state.ts'
import { doneText, endText } from './texts.ts'

/** How many of the last lines that the learner's program printed stand below the checks, where there is room. */
const PRINTED = 4

/** The checks, the first failure in full; below them how it went, and the last lines that the program printed. */
export function checksView(state: State, room: Room): string[] {
  const lines = withIntro(state, room)
  const left = room.rows - heightOf(lines, room.width) - 2
  return [...lines, ...printedLines(state, room, Math.min(PRINTED, left))]
}

/** Everything that the program printed: while it was checked, and on 8080. */
export function printedView(state: State, room: Room): string[] {
  const { paint, width } = room
  const section = (title: string, text: string) =>
    text.trim() === ''
      ? []
      : [`  ${paint('bold', title)}`, ...outputLines(text, width).map((line) => bar(line, room)), '']
  return [
    ...section('While it was checked, your program printed', state.verdict?.output ?? ''),
    ...section(`On ${state.origin?.replace('https://', '')}, it has printed`, state.printed),
  ].slice(0, -1)
}

/** The checks, below what the lesson is about as long as nothing was written and where there is room for it. */
function withIntro(state: State, room: Room): string[] {
  const { canReset, lesson, verdict } = state
  const draw = (rows: number) =>
    isFresh(state) || !verdict ? runningLines(state, room) : verdictLines(state, verdict, { ...room, rows })
  if (canReset || verdict?.passed) return draw(room.rows)
  const goal = wrap(`The goal, in about ${lesson.minutes} minutes: ${lesson.goal}`, room.width - 4)
  const intro = [...goal.map((line) => `  ${line}`), '']
  const rest = draw(room.rows - intro.length)
  const fits = intro.length + heightOf(rest, room.width) <= room.rows
  return fits ? [...intro, ...rest] : draw(room.rows)
}

/** What was found so far, and what is still to come. */
function runningLines(state: State, room: Room): string[] {
  const { lesson } = state
  const own = told(state, state.results).filter(({ id }) => id.startsWith(lesson.slug))
  const pending = Object.entries(lesson.checks).filter(
    ([name]) => !own.some(({ id }) => id === `${lesson.slug}/${name}`),
  )
  return [
    ...own.flatMap((result) => resultLines(result, room)),
    ...pending.map(([, { says }]) => clip(`  ${room.paint('dim', '·')} ${says}`, room.width)),
  ]
}

function verdictLines(state: State, whole: Verdict, room: Room): string[] {
  const verdict = { ...whole, checks: told(state, whole.checks) }
  const below = [
    ...state.notes.flatMap((note) => row('note', note, room.width)),
    ...(verdict.passed ? ['', ...passedText(state, room)] : []),
  ]
  const full = [...checkLines(verdict, room), ...below]
  if (heightOf(full, room.width) <= room.rows) return full
  return [...checkLines(withoutDetail(verdict), room), ...below]
}

/** The checks as they are told: first what was expected, what came and why; how to mend it once it is asked for. */
function told(state: State, checks: CheckResult[]): CheckResult[] {
  if (showsFix(state)) return checks
  return checks.map((check) => {
    if (!check.failure) return check
    const { try: command, ...failure } = check.failure
    return { ...check, failure: { ...failure, fix: command ? FIX_AND_TRY : FIX } }
  })
}

const FIX = 'Press f to see it.'
const FIX_AND_TRY = 'Press f to see it, and a command to try.'

function passedText(state: State, room: Room): string[] {
  const open = state.lessons.filter(({ slug }) => !state.done.has(slug))
  const last = state.lessons.at(-1) ?? state.lesson
  return open.length === 0 ? endText(last, room) : doneText(state.lesson, nextLesson(state), open, room)
}

/** The same verdict with one line for all that passed and one for all that was not reached: less to look at. */
function withoutDetail(verdict: Verdict): Verdict {
  const { slug } = verdict.lesson
  const own = verdict.checks.filter(({ id }) => id.startsWith(slug))
  const earlier = verdict.checks.filter((check) => !own.includes(check))
  const merged = (state: CheckResult['state'], says: (count: number) => string): CheckResult[] => {
    const same = own.filter((check) => check.state === state)
    return same.length < 2 ? same : [{ id: `${slug}/`, says: says(same.length), state, ms: 0 }]
  }
  const checks = [
    ...merged('passed', (count) => `${count} checks hold`),
    ...own.filter(({ state }) => state === 'failed' || state === 'not-run'),
    ...merged('not-reached', (count) => `${count} more`),
    ...earlier,
  ]
  return { ...verdict, checks }
}

/** The last lines that the program printed on 8080, or while a check failed. */
function printedLines({ verdict, printed, running, origin }: State, room: Room, count: number): string[] {
  const failed = !running && verdict && !verdict.passed
  const text = failed ? verdict.output : printed
  const isElsewhere = (line: string) => origin && (line.match(ORIGIN)?.[0] ?? origin) !== origin
  const lines = outputLines(text, room.width).filter((line) => !NOISE.test(line) && !isElsewhere(line))
  if (count < 1 || lines.length === 0) return []
  const { paint } = room
  return [
    '',
    `  ${paint('dim', 'your program printed')}`,
    ...lines.slice(-count).map((line) => bar(line, room)),
  ]
}

/** What Node adds to an error, and lines without a word: of so few, they would push out what the learner wrote. */
const NOISE = /^[\s{}]*$|^\s+at .*\bnode:|^Node\.js v\d/

/** A check listens on a port of its own: beside the one that can be opened, it would puzzle. `p` shows it. */
const ORIGIN = /https:\/\/localhost:(?:\d+|PORT)/

function outputLines(text: string, width: number): string[] {
  const lines = text.trimEnd().split('\n')
  if (lines.length === 1 && lines[0] === '') return []
  return lines.map((line) => clip(harmless(line), width - 4))
}

function bar(line: string, { paint }: Room): string {
  return `  ${paint('dim', '│')} ${line}`
}
