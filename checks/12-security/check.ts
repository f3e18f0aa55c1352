import { afterAll } from 'vitest'
import { tell } from '../support/ending.ts'
import type { Report } from '../support/failure.ts'
import { lesson } from '../support/lesson.ts'
import { once } from '../support/once.ts'
import { PageBrowser } from '../support/page/browser.ts'
import { run } from '../support/run.ts'
import type { CheckContext } from '../support/subject.ts'
import { gather, type Listener } from '../support/traffic/audience.ts'
import { judgeSmuggling, judgeTooLong } from './bodies.ts'
import { judgeElsewhere } from './elsewhere.ts'
import { judgeForeign } from './foreign.ts'
import { watchGuarded } from './guarded.ts'
import manifest from './manifest.ts'
import { judgeOutside } from './outside.ts'

/** What needs a token, origins, or few places is asked of servers that have them; each check tells of something else. */
const guarded = once(watchGuarded)

const browser = new PageBrowser(run)

await lesson(manifest, (check) => {
  afterAll(() => browser.close())

  check('readable', async (context) => tell(context, 'readable', await guarded(context)))

  check('strangers', async (context) => tell(context, 'strangers', await guarded(context)))

  check('vary', async (context) => tell(context, 'vary', await guarded(context)))

  check('preflight', async (context) => tell(context, 'preflight', await guarded(context)))

  check('foreign-post', async (context) => {
    if (context.shared) tell(context, 'foreign-post', await guarded(context))
    const [listener] = (await gather(context, [1])) as [Listener]
    failWith(context, await judgeForeign({ ...listener, listener, own: context.origin, allowed: [] }))
  })

  check('token', async (context) => tell(context, 'token', await guarded(context)))

  check('accepts', async (context) => tell(context, 'accepts', await guarded(context)))

  check('guesses', async (context) => tell(context, 'guesses', await guarded(context)))

  check('home', async (context) => tell(context, 'home', await guarded(context)))

  check('limit', async (context) => tell(context, 'limit', await guarded(context)))

  check('refused', async (context) => tell(context, 'refused', await guarded(context)))

  check('leaving', async (context) => tell(context, 'leaving', await guarded(context)))

  check('default', async (context) => tell(context, 'default', await guarded(context)))

  check('too-long', async (context) => failWith(context, await judgeTooLong(context)))

  check('smuggling', async (context) => failWith(context, await judgeSmuggling(context)))

  check('outside', async (context) => failWith(context, await judgeOutside(context)))

  check('elsewhere', async (context) => failWith(context, await judgeElsewhere(context, browser)))
})

function failWith(context: CheckContext, report: Report | undefined): void {
  if (report) context.fail(report)
}
