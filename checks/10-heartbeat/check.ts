import { lesson } from '../support/lesson.ts'
import { once } from '../support/once.ts'
import { checkDefault } from './default.ts'
import manifest from './manifest.ts'
import { watchHeartbeat } from './watched.ts'

/** One server is watched for all checks; each tells of something else. */
const watched = once(watchHeartbeat)

await lesson(manifest, (check) => {
  for (const name of [
    'comments',
    'goes-on',
    'silence',
    'whole',
    'pings',
    'one-ping',
    'dead',
    'others',
    'slow',
    'timers',
  ] as const) {
    check(name, async (context) => {
      const found = await watched(context)
      if (found?.check !== name) return
      if (found.misfortune) throw found.misfortune
      if (found.finding) context.fail(found.finding)
    })
  }

  check('default', checkDefault)
})
