import { afterAll } from 'vitest'
import type { Report } from '../support/failure.ts'
import { lesson } from '../support/lesson.ts'
import { once } from '../support/once.ts'
import { PageBrowser } from '../support/page/browser.ts'
import { run } from '../support/run.ts'
import type { CheckContext } from '../support/subject.ts'
import { endsByDefault } from './default.ts'
import {
  judgeBack,
  judgeDoor,
  judgeEnds,
  judgeExit,
  judgeGoaway,
  judgeInTime,
  judgeInterrupt,
  judgeLate,
  judgeRetry,
  judgeSlow,
  judgeWhole,
} from './judge.ts'
import manifest from './manifest.ts'
import { watchPage } from './page.ts'
import { failOnWindows, watchSignals } from './watched.ts'

/** Servers are ended by signals, and one follows another; each check looks at something else of it. */
const watched = once(watchSignals)

const browser = new PageBrowser(run)

await lesson(manifest, (check) => {
  afterAll(() => browser.close())

  check('ends', async (context) => failWith(context, judgeEnds((await watched(context)).farewell)))

  check('whole', async (context) => failWith(context, judgeWhole((await watched(context)).farewell)))

  check('retry', async (context) => failWith(context, judgeRetry((await watched(context)).farewell)))

  check('slow', async (context) => failWith(context, judgeSlow((await watched(context)).farewell)))

  check('goaway', async (context) => failWith(context, judgeGoaway((await watched(context)).farewell)))

  check('door', async (context) => failWith(context, judgeDoor((await watched(context)).farewell)))

  check('late', async (context) => failWith(context, judgeLate((await watched(context)).farewell)))

  check('exits', async (context) => failWith(context, judgeExit((await watched(context)).farewell)))

  check('back', async (context) => {
    const { comeback } = await watched(context)
    if (comeback) failWith(context, judgeBack(comeback))
  })

  check('interrupt', async (context) => {
    const { comeback } = await watched(context)
    if (comeback) failWith(context, judgeInterrupt(comeback))
  })

  check('in-time', async (context) => {
    const { comeback } = await watched(context)
    if (comeback) failWith(context, judgeInTime(comeback))
  })

  check('second', async (context) => {
    const { insistence } = await watched(context)
    if (insistence.isOver) return
    const received = 'a process that still runs, since one client never reads'
    context.fail({ expected: 'the end of the process at the second SIGTERM', received })
  })

  check('default', async (context) => {
    const { insistence } = await watched(context)
    if (!insistence.isPatient) {
      const received = 'the end of the connection, for a client that read on a moment later'
      context.fail({
        expected: '5 s for clients to leave when SHUTDOWN_MS is not set',
        received,
        fault: 'soon',
      })
    }
    if (insistence.lateTimer !== undefined) {
      const expected = 'an end after 5 s when SHUTDOWN_MS is not set, while one client never reads'
      context.fail({ expected, received: `a timer of ${insistence.lateTimer / 1000} s` })
    }
    if (await endsByDefault(context)) return
    const expected = 'an end after 5 s when SHUTDOWN_MS is not set, while one client never reads'
    context.fail({ expected, received: 'one that comes later, or never' })
  })

  check('page', async (context) => {
    failOnWindows()
    const fate = await watchPage(context, browser)
    if (fate === 'listed') return
    const expected = 'a page that lists messages of the next server on the same port'
    context.fail({ expected, received: `a page that is ${fate}` })
  })
})

function failWith(context: CheckContext, report: Report | undefined): void {
  if (report) context.fail(report)
}
