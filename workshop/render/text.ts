/** A verdict as the text that a learner reads: the same on the live screen, in a pipe and in a log. */
import { lessonNumber } from '../../checks/manifest.ts'
import type { CheckResult, Failure, Verdict } from '../../checks/verdict.ts'
import { narrow } from '../../checks/wire/bytes.ts'
import { readable } from './harmless.ts'
import { breakLong, wrap, wrapCommand } from './lines.ts'
import type { TextOptions } from './paint.ts'

/** The checks of a verdict: its lesson's own, one a line, the first failure in full, then the earlier lessons'. */
export function checkLines(verdict: Verdict, options: TextOptions): string[] {
  const own = verdict.checks.filter(({ id }) => id.startsWith(verdict.lesson.slug))
  const earlier = verdict.checks.filter((check) => !own.includes(check))
  return [...own.flatMap((check) => resultLines(check, options)), ...earlierLines(earlier, options)]
}

/** One check: its mark and its sentence, and below them whatever there is to say. */
export function resultLines(check: CheckResult, options: TextOptions): string[] {
  const { paint, width } = options
  const remark = { passed: '', failed: '', 'not-run': '(not run)', 'not-reached': '(not reached)' }[
    check.state
  ]
  const mark = { passed: '✓', failed: '✗', 'not-run': '-', 'not-reached': '·' }[check.state]
  const style = ({ passed: 'green', failed: 'red', 'not-run': 'yellow', 'not-reached': 'dim' } as const)[
    check.state
  ]
  const [first = '', ...more] = wrap(remark ? `${check.says} ${remark}` : check.says, width - 4)
  const weight = (line: string) => (check.state === 'failed' ? paint('bold', line) : line)
  const lines = [`  ${paint(style, mark)} ${weight(first)}`, ...more.map((line) => `    ${weight(line)}`)]
  if (check.failure) lines.push(...failureLines(check.failure, options))
  if (check.reason) lines.push(...row('why', check.reason, width))
  return lines
}

function failureLines(failure: Failure, { width }: TextOptions): string[] {
  return [
    ...row('expected', failure.expected, width),
    ...row('received', failure.received, width),
    ...byteLines(failure, width),
    ...signLines(failure, width),
    ...row('why', failure.why, width),
    ...row('fix', failure.fix, width),
    ...(failure.at ? row('where', `${failure.at.file}:${failure.at.line}`, width) : []),
    ...(failure.try ? commandLines(failure.try, width) : []),
  ]
}

/** The received line with a caret under its first wrong byte, above the line that it should have been. */
function byteLines({ bytes }: Failure, width: number): string[] {
  if (!bytes) return []
  const { line, caret, should } = narrow(bytes, width - LABEL('').length)
  return [`${LABEL('line')}${line}`, `${LABEL('')}${' '.repeat(caret)}^`, `${LABEL('should be')}${should}`]
}

/** What the signs for line ends stand for, where a failure shows any. */
function signLines({ expected, received, bytes }: Failure, width: number): string[] {
  const text = [expected, received, bytes?.line, bytes?.should].join('')
  const signs = SIGNS.filter(([sign]) => text.includes(sign)).map(([sign, means]) => `${sign} is ${means}`)
  return signs.length > 0 ? row('', `(${signs.join('; ')})`, width) : []
}

const SIGNS = [
  ['␊', 'a line end, \\n'],
  ['␍', 'a carriage return, \\r'],
] as const

/** What earlier lessons taught: one line while it holds, the failing check in full when it does not. */
function earlierLines(checks: CheckResult[], options: TextOptions): string[] {
  const failed = checks.find(({ state }) => state === 'failed')
  if (checks.length === 0) return []
  const numbers = [...new Set(checks.map(({ id }) => lessonNumber(id)))].sort((a, b) => a - b)
  const range = numbers.length > 1 ? `lessons ${numbers[0]} to ${numbers.at(-1)}` : `lesson ${numbers[0]}`
  const summary: CheckResult = {
    id: '',
    says: `keeps what ${range} taught`,
    state: checks.every(({ state }) => state === 'not-reached') ? 'not-reached' : 'passed',
    ms: 0,
  }
  if (!failed) return [...resultLines(summary, options), ...notRunLines(checks, options)]
  return resultLines({ ...failed, says: `${failed.says} (${lessonOf(failed)})` }, options)
}

/** The checks that were not run, those with the same reason together, and the reason once. */
function notRunLines(checks: CheckResult[], options: TextOptions): string[] {
  const notRun = checks.filter(({ state }) => state === 'not-run')
  return Object.values(Object.groupBy(notRun, ({ reason = '' }) => reason)).flatMap((same = []) =>
    same.flatMap((check, index) => {
      const says = `${check.says} (${lessonOf(check)})`
      const reason = index === same.length - 1 ? check.reason : undefined
      return resultLines({ ...check, says, reason }, options)
    }),
  )
}

function lessonOf({ id }: CheckResult): string {
  return `lesson ${lessonNumber(id)}`
}

/** A labelled text, wrapped, its lines aligned behind the label. */
export function row(label: string, text: string, width: number): string[] {
  const lines = readable(text).split('\n')
  const room = Math.max(20, width - LABEL('').length)
  return labelled(
    label,
    lines.flatMap((line) => wrap(line, room)).flatMap((line) => breakLong(line, room)),
  )
}

/** A command to try. A word of it that has no room behind the label stays whole: its line stands further left. */
function commandLines(command: string, width: number): string[] {
  const [first = '', ...more] = wrapCommand(command, width - LABEL('').length)
  const lines = more.map((line) => line.padStart(line.length + indentOf(line, width)))
  const isWide = indentOf(first, width) < LABEL('').length
  return isWide
    ? [LABEL('try').trimEnd(), first.padStart(first.length + indentOf(first, width)), ...lines]
    : [`${LABEL('try')}${first}`, ...lines]
}

/** How far a line of a command is indented: as its label wants it, or less where it would not fit. */
function indentOf(line: string, width: number): number {
  return Math.max(2, Math.min(LABEL('').length, width - line.length))
}

function labelled(label: string, lines: string[]): string[] {
  return lines.map((line, index) => `${LABEL(index === 0 ? label : '')}${line}`)
}

const LABEL = (label: string) => `      ${label.padEnd(11)}`
