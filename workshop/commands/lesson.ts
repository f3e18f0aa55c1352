import { once } from 'node:events'
import { lessons } from '../../checks/lessons.ts'
import { hasServer, type LessonManifest, lessonNumber } from '../../checks/manifest.ts'
import { readLesson } from '../args.ts'
import { portToServe } from '../machine/ports.ts'
import { ensureCerts } from '../project/certs.ts'
import { lessonFolder, root, shown } from '../project/paths.ts'
import { currentLesson, readProgress, setCurrent } from '../project/progress.ts'
import { ensureLesson } from '../project/starters.ts'
import { harmless } from '../render/harmless.ts'
import { byLine } from '../render/lines.ts'
import { textOptions } from '../render/paint.ts'
import { reportText } from '../render/report.ts'
import { Session } from '../run/session.ts'
import { playOnScreen } from '../screen/app.ts'
import { stopSignal } from '../stop.ts'
import { canShowScreen } from '../terminal/terminal.ts'

/**
 * `npm run lesson 3`: goes to lesson 3, runs the learner's server on 8080, and checks it on every save.
 *
 * On a terminal it draws the live screen. Elsewhere, and with `WORKSHOP_PLAIN=1` (for screen readers), it appends each
 * verdict as text, until Ctrl-C.
 */
export async function run(words: string[]): Promise<number> {
  let notice = ''
  const { current, done } = await readProgress(root, (line) => {
    notice = line
  })
  const lesson = readLesson('lesson', words) ?? (await currentLesson())
  const port = hasServer(lesson) ? await portToServe() : 0
  await ensureLesson(lesson.slug)
  await setCurrent(lesson.slug)
  const { news } = hasServer(lesson) ? await ensureCerts() : { news: '' }
  notice = [notice, news].filter(Boolean).join(' ')

  const stop = stopSignal()
  const isFirst = current === undefined && Object.keys(done).length === 0
  if (canShowScreen()) {
    await playOnScreen({ lesson, done, port, stop, isFirst, notice })
  } else {
    if (notice) console.log(notice)
    await playPlain(lesson, port, stop)
  }
  return 0
}

/** Appends what is found to what was printed before. */
async function playPlain(lesson: LessonManifest, port: number, stop: AbortSignal): Promise<void> {
  const { Runner } = await import('../run/runner.ts')
  process.stdout.on('error', () => {}) // a terminal that was closed: SIGHUP ends us
  const runner = await Runner.create()
  let hasMissed = false
  try {
    await using session = new Session(Promise.resolve(runner), lesson, port, {
      onVerdict: (verdict) => console.log(reportText(verdict, lessons, textOptions())),
      onNotes: (notes) => {
        for (const note of notes) console.log(`  note  ${note}`)
      },
      onPrinted: byLine((line) => console.log(`  printed  ${harmless(line)}`)),
      onMissed: () => {
        if (!hasMissed) console.log(MISSED)
        hasMissed = true
      },
      onTrouble: (line) => console.log(line),
    })
    console.log(welcome(lesson, session.origin))
    if (!stop.aborted) await Promise.race([once(stop, 'abort'), session.failed])
  } finally {
    await runner.close()
  }
}

function welcome(lesson: LessonManifest, origin?: string): string {
  const number = lessonNumber(lesson.slug)
  const lines = [
    '',
    `  Lesson ${number} of ${lessons.length} · ${lesson.title} · about ${lesson.minutes} minutes`,
    `  ${lesson.goal}`,
    '',
    ...lesson.edit.map((file) => `  edit  ${shown(lessonFolder(lesson.slug))}/${file}`),
    origin ? `  open  ${origin}` : '  To see where this leads, type in another terminal: npm start',
    '  Each save is checked. Ctrl-C ends.',
    `  In another terminal: npm run diff ${number}, npm run reset ${number}, npm run undo.`,
    '',
  ]
  return lines.join('\n')
}

const MISSED =
  'Your system did not tell of that save. With WORKSHOP_POLL=1 in the environment, saves are found sooner.'
