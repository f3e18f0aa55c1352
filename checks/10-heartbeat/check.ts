import { tell } from '../support/ending.ts'
import { lesson } from '../support/lesson.ts'
import { once } from '../support/once.ts'
import { checkDefault } from './default.ts'
import manifest from './manifest.ts'
import { checkTicks } from './ticks.ts'
import { watchHeartbeat } from './watched.ts'

/** One server is watched for all checks; each tells of something else. */
const watched = once(watchHeartbeat)

await lesson(manifest, (check) => {
  check('comments', async (context) => tell(context, 'comments', await watched(context)))

  check('goes-on', async (context) => tell(context, 'goes-on', await watched(context)))

  check('silence', async (context) => {
    tell(context, 'silence', await watched(context))
    await checkTicks(context)
  })

  check('whole', async (context) => tell(context, 'whole', await watched(context)))

  check('pings', async (context) => tell(context, 'pings', await watched(context)))

  check('one-ping', async (context) => tell(context, 'one-ping', await watched(context)))

  check('dead', async (context) => tell(context, 'dead', await watched(context)))

  check('others', async (context) => tell(context, 'others', await watched(context)))

  check('slow', async (context) => tell(context, 'slow', await watched(context)))

  check('timers', async (context) => tell(context, 'timers', await watched(context)))

  check('default', checkDefault)
})
