import { styleText } from 'node:util'
import { lessons } from '../../checks/lessons.ts'
import { type LessonManifest, lessonNumber } from '../../checks/manifest.ts'
import { readWords } from '../args.ts'
import { currentLesson, type Progress, readProgress } from '../project/progress.ts'
import { wrap } from '../render/lines.ts'

/** `npm run list`: every lesson with its state, its time and its goal, in 80 columns. */
export async function run(words: string[]): Promise<number> {
  readWords('list', words, [])
  const progress = await readProgress()
  const current = await currentLesson()
  const done = lessons.filter(({ slug }) => slug in progress.done).length
  console.log(`\n  ${styleText('bold', 'Lessons')}   ${done} of ${lessons.length} done\n`)
  for (const lesson of lessons) console.log(entry(lesson, progress, lesson === current))
  console.log(`\n  → is where you are. Go on with: npm run lesson`)
  return 0
}

function entry(
  { slug, title, goal, minutes }: LessonManifest,
  progress: Progress,
  isCurrent: boolean,
): string {
  const number = String(lessonNumber(slug)).padStart(2)
  const state = slug in progress.done ? styleText('green', '✓ done') : '· open'
  const indent = ' '.repeat(18)
  const goalLines = wrap(goal, 80 - indent.length).map((line) => indent + styleText('dim', line))
  const time = styleText('dim', `about ${minutes} minutes`)
  return [`  ${isCurrent ? '→' : ' '} ${number}   ${state}   ${title} · ${time}`, ...goalLines].join('\n')
}
