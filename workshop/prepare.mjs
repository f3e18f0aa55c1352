// Runs at the end of `npm ci`, with whatever Node there is: puts the files of every lesson in place, and has Node compile
// the first command ahead. An install must not fail because of it: each command looks again, and says what is wrong.
import { keepCompiled } from './compile-cache.mjs'
import { nodeFault } from './node-version.mjs'

try {
  if (nodeFault(process.versions.node)) throw new Error('each command tells what is wrong with this Node')
  keepCompiled()
  const { ensureLessons } = await import('./project/starters.ts')
  await ensureLessons()
  await import('./commands/lesson.ts')
} catch (error) {
  if (process.env.DEBUG === 'workshop') console.error(error)
}
