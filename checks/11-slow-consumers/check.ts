import { lesson } from '../support/lesson.ts'
import { once } from '../support/once.ts'
import type { CheckContext } from '../support/subject.ts'
import { watchAtLength } from './at-length.ts'
import { watchClosely } from './closely.ts'
import manifest from './manifest.ts'
import type { Found, Name } from './stages.ts'

/** Two servers are watched, each for several checks; a check tells what was found that is about it. */
const closely = once(watchClosely)
const atLength = once(watchAtLength)

await lesson(manifest, (check) => {
  check('bounded', async (context) => tell(context, 'bounded', await closely(context)))

  check('at-once', async (context) => tell(context, 'at-once', await closely(context)))

  check('patient', async (context) => tell(context, 'patient', await closely(context)))

  check('back', async (context) => tell(context, 'back', await closely(context)))

  check('catch-up', async (context) => tell(context, 'catch-up', await closely(context)))

  check('large', async (context) => tell(context, 'large', await closely(context)))

  check('default', async (context) => tell(context, 'default', await atLength(context)))

  check('memory', async (context) => tell(context, 'memory', await atLength(context)))

  check('nothing-left', async (context) => tell(context, 'nothing-left', await atLength(context)))

  check('others', async (context) =>
    tell(context, 'others', (await closely(context)) ?? (await atLength(context))),
  )
})

/** Fails the check when it is the one that what was found is about. */
function tell(context: CheckContext, name: Name, found: Found | undefined): void {
  if (found?.check !== name) return
  if (found.misfortune) throw found.misfortune
  if (found.report) context.fail(found.report)
}
