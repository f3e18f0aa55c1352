import { afterAll } from 'vitest'
import { lesson } from '../support/lesson.ts'
import { once } from '../support/once.ts'
import { PageBrowser } from '../support/page/browser.ts'
import { quote } from '../support/page/expect.ts'
import type { LearnerPage } from '../support/page/page.ts'
import { type ScriptedSource, startScripted } from '../support/proxy/scripted.ts'
import { run } from '../support/run.ts'
import type { Call } from '../support/server/types.ts'
import { type CheckContext, TICK_MS } from '../support/subject.ts'
import { settle, survives } from '../support/traffic/abuse.ts'
import { deviationOf, gather, type Listener, namesOf, textsOf } from '../support/traffic/audience.ts'
import { flood, seemsFast } from '../support/traffic/clock.ts'
import { fateOf } from '../support/traffic/events.ts'
import { visible } from '../wire/bytes.ts'
import { checkRefused, checkTaken } from './answers.ts'
import { breakOffMessages, leaveBeforeTheAnswer } from './breaking.ts'
import { otherTick, ticksOf, watchClock } from './clock.ts'
import { checkEcho, checkForm } from './form.ts'
import manifest from './manifest.ts'
import { FIRST, GREETINGS, postAmongTheDying, postByTurns, postEach, postMany } from './posting.ts'
import { idFault, reachFault } from './received.ts'
import { damageOf, excerptsOf, MESSAGES } from './texts.ts'

const { checks } = manifest

const clock = once(watchClock)
const posting = once(postMany)

/** Where the learner's code writes to the event streams. */
const WRITTEN: Call = { call: 'write', path: '/events' }

/** Where it has read a message and answers, which is near where it gives an id. */
const POSTED: Call = { call: 'respond', path: '/messages' }

const browser = new PageBrowser(run)

await lesson(manifest, (check) => {
  afterAll(() => browser.close())

  check('one-clock', async (context) => {
    const { first, others } = await clock(context)
    const all = [first, ...others]
    const expected = `the same ticks on ${all.length} streams`
    const silent = all.filter((listener) => ticksOf(listener).length === 0)
    if (silent.length > 0) {
      const [{ exchange }] = silent as [Listener]
      const what = exchange.over ? fateOf(exchange) : 'no event: tick'
      const received = `${what} on ${namesOf(silent, all, 'any')}`
      const fault = silent.length === all.length ? 'silent' : 'some'
      context.fail({ expected, received, fault, at: WRITTEN })
    }
    if (seemsFast(ticksOf(first))) {
      const fast = await flood(first.exchange)
      const received = `${fast?.count} ticks in ${fast?.ms} ms on ${first.name}`
      if (fast)
        context.fail({ expected: `one tick every ${TICK_MS} ms`, received, fault: 'flood', at: WRITTEN })
    }
    for (const other of others) {
      const tick = otherTick(first, other)
      if (tick === undefined) continue
      const received = `data: ${visible(tick)} on a new stream, and never on ${first.name}`
      context.fail({ expected, received, at: WRITTEN })
    }
  })

  check('plain-ticks', async (context) => {
    const { first, others } = await clock(context)
    const tick = [first, ...others].flatMap(ticksOf).find(({ id }) => id !== undefined)
    if (!tick) return
    context.fail({
      expected: 'event: tick without an id',
      received: `id: ${visible(tick.id ?? '')}`,
      at: WRITTEN,
    })
  })

  check('clock-off', async (context) => {
    const server = await context.start({ env: { TICK_MS: '0' }, isHurried: true })
    const [listener] = (await gather(context, [1], server.origin)) as [Listener]
    await server.hurry(() => settle(listener.client), 1) // a minute goes by
    await settle(listener.client)
    const { length } = ticksOf(listener)
    if (length === 0) return
    const received = `${length === 1 ? 'one tick' : `${length} ticks`} within a minute of your program's timers`
    context.fail({ expected: 'no tick with TICK_MS=0', received })
  })

  check('takes', checkTaken)

  check('other-methods', checkRefused)

  check('reaches', async (context) => {
    const posted = await posting(context)
    const wrong = reachFault(posted)
    const expected = `data: ${FIRST} on ${posted.early.length} streams`
    if (wrong) context.fail({ expected, ...wrong, at: WRITTEN })
  })

  check('whole', async (context) => {
    const damage = await postEach(context, MESSAGES)
    if (!damage) return
    const { expected, received } = damage
    const excerpts = received === undefined ? undefined : excerptsOf(expected, received)
    context.fail({
      expected: `data ${excerpts?.expected ?? quote([expected])}`,
      received: excerpts ? `data ${excerpts.received}` : 'no message',
      fault: damageOf(expected, received),
      at: POSTED,
    })
  })

  check('apart', async (context) => {
    const { listeners, texts } = await postByTurns(context)
    const received = listeners.flatMap(textsOf)
    if (texts.every((text) => received.includes(text))) return
    const expected = `the messages ${quote(texts)}`
    context.fail({ expected, received: `the messages ${quote(received)}`, at: POSTED })
  })

  check('once', async (context) => {
    const { early, listeners, texts } = await posting(context)
    const deviation = deviationOf(early, [...GREETINGS, ...texts]) ?? deviationOf(listeners, texts)
    if (!deviation || deviation.kind === 'order') return
    context.fail({
      expected: 'each message once, on every stream',
      received: deviation.received,
      fault: deviation.kind === 'lost' ? 'lost' : undefined,
      at: WRITTEN,
    })
  })

  check('same-order', async (context) => {
    const { listeners, texts } = await posting(context)
    const deviation = deviationOf(listeners, texts)
    const expected = `${texts.length} messages in the same order on ${listeners.length} streams`
    if (deviation) context.fail({ expected, received: deviation.received, at: WRITTEN })
  })

  check('ids', async (context) => {
    const posted = await posting(context)
    const wrong = idFault(posted)
    const expected = 'an id with each message: another one each time, and the same for everyone'
    if (wrong) context.fail({ expected, ...wrong, at: POSTED })
  })

  check('broken-off', async (context) => {
    const broken = await breakOffMessages(context, checks['broken-off'].faults.dies)
    if (!broken) return
    const expected = `no message when half of it came, and then ${broken.how}`
    context.fail({ expected, received: `data: ${visible(broken.data)}`, at: POSTED })
  })

  check('gone-sender', async (context) => {
    await survives(context, checks['gone-sender'], async () => {
      await leaveBeforeTheAnswer(context)
      return 'a whole message, and a reset right behind it'
    })
  })

  check('dying', async (context) => {
    const received = await postAmongTheDying(context)
    if (received === undefined) return
    context.fail({ expected: 'every message once, on each stream that stays', received })
  })

  check('form', async (context) => {
    await using source = await startScripted({ root: context.root, target: context.origin })
    await using page = await listening(context, source)
    await checkForm(context, page)
  })

  check('echo', async (context) => {
    await using source = await startScripted({ root: context.root, target: context.origin })
    await using page = await listening(context, source)
    await checkEcho(context, page, source)
  })

  /** The page, once its stream is open. */
  async function listening(context: CheckContext, source: ScriptedSource): Promise<LearnerPage> {
    const page = await browser.open(context, source.origin)
    await page.until(({ sources }) => sources.some(({ readyState }) => readyState === 1))
    return page
  }
})
