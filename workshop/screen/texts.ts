/** The screen's longer texts. */
import { type LessonManifest, lessonNumber } from '../../checks/manifest.ts'
import { wrap } from '../render/lines.ts'
import type { TextOptions } from '../render/paint.ts'
import type { State } from './state.ts'

type Options = Pick<TextOptions, 'paint' | 'width'>

/** Shown once, before the first lesson. Where the lesson has a server of its own, the port of the finished one is taken. */
export function welcomeText(
  { lesson, origin }: Pick<State, 'lesson' | 'origin'>,
  { paint, width }: Options,
): string[] {
  const takes = `Lesson ${lessonNumber(lesson.slug)} takes about ${lesson.minutes} minutes. Press any key to begin.`
  return [
    ...paragraphs(WELCOME, width),
    '',
    ...EVENT.map((line) => `      ${paint('bold', line)}`),
    '',
    ...(origin ? [] : [...paragraphs(SEE_IT, width), '']),
    ...paragraphs(HOW_IT_GOES, width),
    '',
    ...paragraphs(takes, width),
  ]
}

export function doneHeading({ slug }: LessonManifest): string {
  return `Lesson ${lessonNumber(slug)} is done.`
}

/** The lesson passed, and others are open. */
export function doneText(
  lesson: LessonManifest,
  next: LessonManifest | undefined,
  open: LessonManifest[],
  { paint, width }: Options,
): string[] {
  const number = lessonNumber(lesson.slug)
  const heading = `  ${paint('green', doneHeading(lesson))}`
  const numbers = open.map(({ slug }) => lessonNumber(slug)).join(', ')
  const text = next
    ? `Press n for lesson ${number + 1} · ${next.title}, about ${next.minutes} minutes: ${next.goal}`
    : `That was the last lesson. Still open: ${numbers}. Press l for the list.`
  return [heading, ...wrap(text, width - 4).map((line) => `  ${line}`)]
}

/** Every lesson is done. */
export function endText(last: LessonManifest, { paint, width }: Options): string[] {
  const stream = END_STREAM.map((line) => `      ${paint('bold', line)}`)
  const commands = keepCommands(last).map((line) => `      ${line}`)
  const bench = `      npm run bench fanout -- lessons/${last.slug} --quick`
  return [...stream, '', ...paragraphs(END, width), bench, ...paragraphs(KEEP, width), ...commands]
}

/** What to type in the project's folder to have the finished server in a folder of one's own, and to run it there. */
export function keepCommands({ slug, entry }: LessonManifest): string[] {
  return [
    `cp -r lessons/${slug} ../my-server`,
    'cp -r certs ../my-server',
    'cd ../my-server',
    'npm init -y',
    'npm pkg set type=module',
    'npm install eventsource-parser redis',
    `node ${entry}`,
  ]
}

/** What is asked before a reset. */
export function resetText({ lesson }: State, { paint, width }: Options): string[] {
  const question = `Put lessons/${lesson.slug}/ back to its starter?`
  return [`  ${paint('bold', question)}`, '', ...paragraphs(RESET, width)]
}

/** Which editor is meant, where none is known. */
export function editorText(choices: string[], { lesson }: State, { paint, width }: Options): string[] {
  const name = ['', `      ${process.platform === 'win32' ? '$env:VISUAL = "code"' : 'export VISUAL=nano'}`]
  if (choices.length === 0) {
    const file = `lessons/${lesson.slug}/${lesson.edit[0]}`
    return [...paragraphs(`${NO_EDITOR} Open ${file} in yours. ${NAME_IT}`, width), ...name]
  }
  const numbered = choices.map((editor, index) => `     ${index + 1}  ${editor}`)
  return [`  ${paint('bold', 'Which editor?')}`, '', ...numbered, '', ...paragraphs(NAME_IT, width), ...name]
}

/** What is left on the terminal when the screen is gone. */
export function goodbye({ lessons, lesson, done }: State): string {
  const count = lessons.filter(({ slug }) => done.has(slug)).length
  const place = `Lesson ${lessonNumber(lesson.slug)} · ${lesson.title}`
  return `${place}. ${count} of ${lessons.length} lessons done. Go on with: npm run lesson`
}

function paragraphs(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrap(line, width - 4).map((part) => `  ${part}`.trimEnd()))
}

const WELCOME = `Welcome! You are going to build a server that browsers keep listening to. Once a second it sends them an event. The first that you write is two lines, of which the second is blank:`

/** One event, as it comes over the wire. */
const EVENT = ['data: 2026-11-23T08:29:03.843Z␊', '␊']

const SEE_IT = `To see it finished, type npm start in another terminal, and open the page that it names. The browser warns of the certificate: choose to go on.`

/** Three lines in 80 columns. */
const HOW_IT_GOES = `Keep this screen beside your editor: each save is checked, on the real wire.
It tells what was expected, what came, and why that matters. h gives a hint,
f the fix; the last line shows every key. Nothing can lose your work.`

const NO_EDITOR = 'No editor was found on this machine.'

const NAME_IT = 'To have yours opened at once the next time, name it before you start:'

const RESET = `Everything that you have in this folder is kept in a backup first. u brings it back.`

const END_STREAM = ['event: done␊', 'data: From here on, your server does the talking.␊', '␊']

const END = `That was every lesson. What an event costs your server, and libraries:`

const KEEP = `It is yours to keep, with Node 22.18 or newer. In the workshop's folder:`
