import { lessonNumber } from '../../checks/manifest.ts'
import { readLesson } from '../args.ts'
import { shown } from '../project/paths.ts'
import { currentLesson } from '../project/progress.ts'
import { resetLesson } from '../project/reset.ts'

/** `npm run reset 3`: back to the starter of lesson 3, after a backup. It asks nothing: `npm run undo` takes it back. */
export async function run(words: string[]): Promise<number> {
  const lesson = readLesson('reset', words) ?? (await currentLesson())
  const number = lessonNumber(lesson.slug)
  const kept = await resetLesson(lesson.slug)
  console.log(`Lesson ${number} is back at its starter: lessons/${lesson.slug}/`)
  if (kept) {
    console.log(`Your files are kept in ${shown(kept.folder)}/`)
    console.log(`To have them back, type: npm run undo ${number}`)
  }
  return 0
}
