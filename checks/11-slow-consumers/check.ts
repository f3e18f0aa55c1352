import { tell } from '../support/ending.ts'
import { lesson } from '../support/lesson.ts'
import { once } from '../support/once.ts'
import { AT_LENGTH, watchAtLength } from './at-length.ts'
import { watchClosely } from './closely.ts'
import manifest from './manifest.ts'

/** Two servers are watched, each for several checks; a check tells what was found that is about it. */
const closely = once(watchClosely)

/** The second is watched when nothing is wrong with the first. */
const both = once(async (context) => {
  const ending = await closely(context)
  return ending ? { ...ending, open: AT_LENGTH } : await watchAtLength(context)
})

await lesson(manifest, (check) => {
  check('bounded', async (context) => tell(context, 'bounded', await closely(context)))

  check('at-once', async (context) => tell(context, 'at-once', await closely(context)))

  check('patient', async (context) => tell(context, 'patient', await closely(context)))

  check('back', async (context) => tell(context, 'back', await closely(context)))

  check('catch-up', async (context) => tell(context, 'catch-up', await closely(context)))

  check('large', async (context) => tell(context, 'large', await closely(context)))

  check('default', async (context) => tell(context, 'default', await both(context)))

  check('memory', async (context) => tell(context, 'memory', await both(context)))

  check('nothing-left', async (context) => tell(context, 'nothing-left', await both(context)))

  check('others', async (context) => tell(context, 'others', await both(context)))
})
