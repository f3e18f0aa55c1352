import { afterAll } from 'vitest'
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
import { type Name, watchGuarded } from './guarded.ts'
import manifest from './manifest.ts'
import { judgeOutside } from './outside.ts'

/** What needs a token, origins, or few places is asked of servers that have them; each check tells of something else. */
const guarded = once(watchGuarded)

const browser = new PageBrowser(run)

await lesson(manifest, (check) => {
  afterAll(() => browser.close())

  check('readable', (context) => tell(context, 'readable'))

  check('strangers', (context) => tell(context, 'strangers'))

  check('vary', (context) => tell(context, 'vary'))

  check('preflight', (context) => tell(context, 'preflight'))

  check('foreign-post', async (context) => {
    if (context.shared) await tell(context, 'foreign-post')
    const [listener] = (await gather(context, [1])) as [Listener]
    failWith(context, await judgeForeign({ ...listener, listener, own: context.origin, allowed: [] }))
  })

  check('token', (context) => tell(context, 'token'))

  check('accepts', (context) => tell(context, 'accepts'))

  check('guesses', (context) => tell(context, 'guesses'))

  check('home', (context) => tell(context, 'home'))

  check('limit', (context) => tell(context, 'limit'))

  check('refused', (context) => tell(context, 'refused'))

  check('leaving', (context) => tell(context, 'leaving'))

  check('default', (context) => tell(context, 'default'))

  check('too-long', async (context) => failWith(context, await judgeTooLong(context)))

  check('smuggling', async (context) => failWith(context, await judgeSmuggling(context)))

  check('outside', async (context) => failWith(context, await judgeOutside(context)))

  check('elsewhere', async (context) => failWith(context, await judgeElsewhere(context, browser)))
})

/** Fails the check when it is the one that what was found is about. */
async function tell(context: CheckContext, name: Name): Promise<void> {
  const found = await guarded(context)
  if (found?.check !== name) return
  if (found.misfortune) throw found.misfortune
  failWith(context, found.report)
}

function failWith(context: CheckContext, report: Report | undefined): void {
  if (report) context.fail(report)
}
