import { lesson } from '../support/lesson.ts'
import { once } from '../support/once.ts'
import manifest from './manifest.ts'
import { stages, watchStages } from './stages.ts'

/** Two servers and one Redis, from one check to the next: what went wrong in each. */
const watched = once(watchStages)

await lesson(manifest, (check) => {
  for (const name of stages) {
    check(name, async (context) => {
      const error = (await watched(context)).get(name)
      if (error) throw error
    })
  }
})
