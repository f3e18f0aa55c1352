/** A whole verdict as plain text: its heading, its checks, its notes, and what to do next. */
import { type LessonManifest, lessonNumber } from '../../checks/manifest.ts'
import type { Verdict } from '../../checks/verdict.ts'
import { harmless } from './harmless.ts'
import { wrap } from './lines.ts'
import type { TextOptions } from './paint.ts'
import { lastLines } from './printed.ts'
import { checkLines, row } from './text.ts'

/** How many lines of what the learner's program printed are shown. */
const OUTPUT_LINES = 10

/**
 * What `npm run check` prints for one lesson.
 *
 * @param lessons the whole course
 */
export function reportText(
  verdict: Verdict,
  lessons: readonly LessonManifest[],
  options: TextOptions,
): string {
  const { paint } = options
  const { lesson, target } = verdict
  const lines = [
    `  ${paint('bold', `Lesson ${lesson.number} of ${lessons.length} · ${lesson.title}`)}`,
    `  ${paint('dim', `checks ${target.label}`)}`,
    '',
    ...checkLines(verdict, options),
    '',
    ...verdict.notes.flatMap((note) => row('note', note, options.width)),
    ...outputLines(verdict, options),
    `  ${summary(verdict, options)}${nextStep(verdict, lessons)}`,
  ]
  return `${lines.join('\n')}\n`
}

/** What the learner's program printed: shown as it is, and never judged. */
function outputLines({ output, passed }: Verdict, { paint, width }: TextOptions): string[] {
  const printed = output.trimEnd().split('\n')
  if (printed.length === 1 && printed[0] === '') return []
  const shown = lastLines(printed, OUTPUT_LINES)
  const cut = printed.length - shown.length
  const heading = cut > 0 ? `your program printed (${cut} lines above these)` : 'your program printed'
  return [
    `  ${paint('dim', heading)}`,
    ...shown.map((line) => `  ${paint('dim', '│')} ${harmless(line).slice(0, width - 4)}`),
    ...(passed && ENDED.test(output)
      ? wrap(ON_PURPOSE, width - 2).map((line) => `  ${paint('dim', line)}`)
      : []),
    '',
  ]
}

/** How Node words the end of a stream or connection that a client broke off. */
const ENDED = /closed with error code|ECONNRESET|EPIPE|aborted/

const ON_PURPOSE =
  'The checks broke off these streams and connections on purpose, to see whether your server stays up. It did.'

/** How it went. */
function summary(verdict: Verdict, { paint }: TextOptions): string {
  const seconds = `${(verdict.ms / 1000).toFixed(2)} s`
  if (!verdict.passed) return `${paint('red', 'Not yet.')} Checked in ${seconds}.`
  const notRun = verdict.checks.filter(({ state }) => state === 'not-run').length
  const remark = notRun > 0 ? ` ${notRun} not run.` : ''
  return `${paint('green', 'Passed.')}${remark} Checked in ${seconds}.`
}

/** What to type next, once the learner's code has passed. */
function nextStep({ lesson, target, passed }: Verdict, lessons: readonly LessonManifest[]): string {
  if (!passed || target.kind !== 'lesson') return ''
  const next = lessons.find(({ slug }) => lessonNumber(slug) === lesson.number + 1)
  if (!next) return ' That was the last lesson: npm start runs the finished server.'
  return ` Next: npm run lesson ${lessonNumber(next.slug)}`
}
