import { afterAll } from 'vitest'
import type { Report } from '../support/failure.ts'
import { lesson } from '../support/lesson.ts'
import { once } from '../support/once.ts'
import { PageBrowser } from '../support/page/browser.ts'
import { run } from '../support/run.ts'
import type { CheckContext } from '../support/subject.ts'
import { flawIn, flawText, lettered, letterOf, upTo } from '../support/traffic/sequence.ts'
import { visible } from '../wire/bytes.ts'
import { watchCuts, watchReset } from './cuts.ts'
import { judgeBack, judgeKept, judgeListed, judgeReturn, judgeStranger, judgeWandering } from './judge.ts'
import manifest from './manifest.ts'
import { NEW, watchQuiet } from './quiet.ts'
import { watchDefault, watchSecondRun } from './runs.ts'
import { LIVE, watchStrangers } from './strangers.ts'
import { wander } from './wanderers.ts'

/** Clients come, go and come back once; several checks look at what they received. */
const quiet = once(watchQuiet)

/** So many come with ids of the first run to the second: more than that one publishes, in case it has the same numbers. */
const RETURNING = 15

/** Another run, in which some come with the ids of the first. */
const secondRun = once(async (context: CheckContext) => {
  const { ids, earlyId } = await quiet(context)
  const before = [earlyId, ...ids.slice(0, RETURNING)].filter((id) => id !== '')
  return { before, ...(await watchSecondRun(context, before)) }
})

/** Somebody publishes all the time. */
const wandering = once(wander)

const browser = new PageBrowser(run)

await lesson(manifest, (check) => {
  afterAll(() => browser.close())

  check('replay', async (context) => {
    const { stayed, ids, returns } = await quiet(context)
    if (ids.includes('')) {
      context.fail({ expected: 'messages with an id', received: 'a message without one', fault: 'no-ids' })
    }
    const twice = ids.find((id, place) => ids.indexOf(id) < place)
    if (twice !== undefined) {
      const received = `the same id for two messages: ${visible(twice).slice(0, 40)}`
      context.fail({ expected: 'another id for each message', received, fault: 'same-ids' })
    }
    const flaw = flawIn(stayed, -1, NEW)
    if (flaw) {
      const expected = `${lettered(upTo(NEW))}, for a client that was there all the while`
      context.fail({ expected, received: `${lettered(stayed)}: ${flawText(flaw)}`, fault: 'others' })
    }
    // Who missed some and not all shows best what is wrong.
    for (const back of [...returns.slice(1), ...returns.slice(0, 1)]) failWith(context, judgeReturn(back))
  })

  check('again', async (context) => {
    const { again } = await quiet(context)
    const flaw = again && flawIn(again.received, again.place, NEW + 1)
    if (!flaw) return
    const place = letterOf(again.place)
    const due = lettered(upTo(NEW + 1, again.place + 1))
    context.fail({
      expected: `${due}, for a client that broke off behind ${place} while it was sent again`,
      received: `${lettered(again.received)}: ${flawText(flaw)}`,
    })
  })

  check('new-client', async (context) => {
    const { late } = await quiet(context)
    const expected = 'F, for a client that came without last-event-id between E and F'
    const received = lettered(late.received)
    if (late.resets > 0)
      context.fail({ expected, received: `event: reset, then ${received}`, fault: 'reset' })
    if (late.received.length !== 1) context.fail({ expected, received })
  })

  check('first-id', async (context) => {
    const { earlyId, late, newcomers } = await quiet(context)
    const when = [earlyId ? '' : 'before the first message', late.firstId ? '' : 'when there are messages']
    const without = when.filter((words) => words !== '').join(', and ')
    if (without) {
      context.fail({ expected: 'an id for a client that comes without one', received: `none ${without}` })
    }
    for (const newcomer of newcomers) {
      const who = `the id that it got ${newcomer.place < 0 ? 'before A' : 'between E and F'}`
      const report = judgeReturn(newcomer, who)
      const isReset = report?.fault === 'reset' || report?.fault === 'newest'
      if (report) context.fail({ ...report, fault: isReset ? 'unknown' : 'wrong' })
    }
  })

  check('ticks', async (context) => {
    const { ticks, oldTick } = await quiet(context)
    if (ticks.some(({ id }) => id !== undefined)) {
      context.fail({
        expected: 'event: tick, data, and no id',
        received: 'event: tick with an id',
        fault: 'id',
      })
    }
    if (!oldTick) return
    const received = `data: ${oldTick.data}, which was sent before the client came back`
    context.fail({ expected: 'only ticks that are new, for a client that comes back', received })
  })

  check('reset', async (context) => {
    const strangers = await watchStrangers(context)
    for (const { who, ...comer } of strangers.comers) failWith(context, judgeStranger(comer, who, LIVE))
    failWith(context, judgeBack(strangers))
  })

  check('during', async (context) => {
    failWith(context, judgeWandering(await wandering(context)))
  })

  check('log-size', async (context) => {
    const { publication } = await wandering(context)
    const [small, large] = await Promise.all([secondRun(context), watchDefault(context, publication)])
    for (const comer of [...small.comers, ...large]) failWith(context, judgeKept(comer))
  })

  check('restart', async (context) => {
    const { before, ids, strangers } = await secondRun(context)
    const same = ids.find((id) => before.includes(id))
    if (same !== undefined) {
      const received = `${visible(same).slice(0, 40)} in both`
      context.fail({ expected: 'other ids in each run of the server', received, fault: 'same' })
    }
    for (const stranger of strangers) {
      const report = judgeStranger(stranger, 'an id of the run before', ids.length - 1)
      if (report) context.fail({ ...report, fault: undefined })
    }
  })

  check('page', async (context) => {
    const listed = await watchCuts(context, browser)
    if (listed) failWith(context, judgeListed(listed))
    else context.fail({ expected: 'an item for each message', received: 'no item', fault: 'silent' })
  })

  check('page-reset', async (context) => {
    const hasNews = await watchReset(context, browser)
    if (hasNews) return
    const expected = 'a page that says that messages may be missing, when reset comes'
    const received = hasNews === undefined ? 'a page that did not come back' : 'a page that shows nothing new'
    context.fail({ expected, received })
  })
})

function failWith(context: CheckContext, report: Report | undefined): void {
  if (report) context.fail(report)
}
