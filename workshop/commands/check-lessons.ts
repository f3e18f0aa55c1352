import { lessons } from '../../checks/lessons.ts'
import { linesToWrite } from '../check-lessons/code.ts'
import { checkLessons } from '../check-lessons/rules.ts'
import { UsageError } from '../errors.ts'
import { announceCerts } from '../project/certs.ts'
import { root } from '../project/paths.ts'
import { Runner } from '../run/runner.ts'

/** `npm run check-lessons`: whether each lesson is complete, for those who write them. Exit code 1 when one is not. */
export async function run(words: string[]): Promise<number> {
  if (words.length > 0) throw new UsageError('npm run check-lessons takes no words.')
  await announceCerts()
  await using runner = await Runner.create()
  const problems = await checkLessons({
    project: root,
    lessons,
    judge: (lesson, target) => runner.run(lesson, target),
  })
  for (const problem of problems) console.log(problem)
  for (const { slug } of lessons) {
    const lines = linesToWrite(slug, root)
    console.log(`${slug.padEnd(20)}${String(lines).padStart(4)} ${lines === 1 ? 'line' : 'lines'} to write`)
  }
  if (problems.length === 0) console.log(`All ${lessons.length} lessons are complete.`)
  return problems.length === 0 ? 0 : 1
}
