import { readLesson } from '../args.ts'
import { shown } from '../project/paths.ts'
import { undoReset } from '../project/reset.ts'

/** `npm run undo`: the latest backup comes back; `npm run undo 3`: the latest of lesson 3. */
export async function run(words: string[]): Promise<number> {
  const lesson = readLesson('undo', words)
  const { restored, kept } = await undoReset(lesson?.slug)
  console.log(`lessons/${restored.slug}/ is as it was, from ${shown(restored.folder)}/`)
  if (kept) {
    console.log(`What stood there until now is kept in ${shown(kept.folder)}/`)
    console.log('To take this back, type again: npm run undo')
  }
  return 0
}
