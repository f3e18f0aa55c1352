import { lesson } from '../support/lesson.ts'
import { once } from '../support/once.ts'
import type { CheckContext } from '../support/subject.ts'
import { checkDefault } from './default.ts'
import manifest from './manifest.ts'
import { checkTicks } from './ticks.ts'
import { type Name, watchHeartbeat } from './watched.ts'

/** One server is watched for all checks; each tells of something else. */
const watched = once(watchHeartbeat)

await lesson(manifest, (check) => {
  check('comments', (context) => tell(context, 'comments'))

  check('goes-on', (context) => tell(context, 'goes-on'))

  check('silence', async (context) => {
    await tell(context, 'silence')
    await checkTicks(context)
  })

  check('whole', (context) => tell(context, 'whole'))

  check('pings', (context) => tell(context, 'pings'))

  check('one-ping', (context) => tell(context, 'one-ping'))

  check('dead', (context) => tell(context, 'dead'))

  check('others', (context) => tell(context, 'others'))

  check('slow', (context) => tell(context, 'slow'))

  check('timers', (context) => tell(context, 'timers'))

  check('default', checkDefault)
})

/** Fails the check when it is the one that what was found is about. */
async function tell(context: CheckContext, name: Name): Promise<void> {
  const found = await watched(context)
  if (found?.check !== name) return
  if (found.error) throw found.error
  if (found.finding) context.fail(found.finding)
}
