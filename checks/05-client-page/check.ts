import { afterAll } from 'vitest'
import { lessonNumber } from '../manifest.ts'
import { lesson } from '../support/lesson.ts'
import { PageBrowser } from '../support/page/browser.ts'
import { expectState, failOnError, openCount, quote } from '../support/page/expect.ts'
import type { PageSight } from '../support/page/hook.ts'
import type { LearnerPage, OpenOptions } from '../support/page/page.ts'
import { BLANK, type ScriptedSource, startScripted } from '../support/proxy/scripted.ts'
import { run } from '../support/run.ts'
import type { CheckContext } from '../support/subject.ts'
import { CLOCK_MS, itemsFault, noMessages, runOf } from './list.ts'
import manifest from './manifest.ts'
import { FEW, type PageCheck, pageChecks } from './page-checks.ts'
import { checkFiles, checkPage, namedEvents } from './served.ts'
import { expectOneStream } from './streams.ts'

const { slug, target } = run
const isAddress = target.kind === 'address'

/** The name that the clock's events have from lesson 07 on. An address does not tell its lesson, so its stream does. */
let event = lessonNumber(slug) >= 7 ? 'tick' : undefined

const browser = new PageBrowser(run)

await lesson(manifest, (check) => {
  afterAll(() => browser.close())

  check('page', checkPage)

  check('files', checkFiles)

  staged('loads')

  staged('source')

  check('items', async (context) => {
    await using page = await browser.open(context, context.origin)
    const types = event || isAddress ? ['message', 'tick'] : ['message']
    const sent = () => page.received.filter(({ type }) => types.includes(type)).map(({ data }) => data.trim())
    const isEnough = ({ items = [] }: PageSight) => items.length >= 3 && sent().length >= 3
    const { sight } = await page.until(isEnough, CLOCK_MS)
    await page.catchUp()
    if (isAddress && page.received.some(({ type }) => type === 'tick')) event = 'tick'
    const data = sent().slice(0, 3)
    const expected = `items ${quote(data)}`
    if ((sight.items ?? []).length < data.length) failOnError(context, page, expected)
    const isClosed = openCount(sight.sources) === 0
    if (data.length < 3 && isClosed) context.fail(CLOSED)
    if (data.length === 0) {
      context.fail(noMessages(page.received.length > 0 ? page.received : await namedEvents(context)))
    }
    const begin = runOf(sight.items, sent())
    if (begin === 0) return
    if (begin !== undefined) return expectFirst(context)
    const wrong = itemsFault(sight.items, data)
    if (wrong) context.fail({ expected, ...wrong })
  })

  for (const name of ['text', 'newest', 'state', 'follows', 'one-source', 'closed'] as const) staged(name)

  check('back', async (context) => {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    await page.leaveAndReturn(source.origin + BLANK)
    const { met } = await page.until(({ sources }) => openCount(sources) > 0 && source.open > 0)
    if (!met) context.fail({ ...AFTER_BACK, received: 'no EventSource that is open' })
    await expectOneStream(context, page, source, { ...AFTER_BACK, fault: 'twice' })
    const faults = { connecting: 'state', closed: 'state' }
    await expectState(context, page, { state: 'open', when: 'when the page is shown again', faults })
    source.send(...FEW)
    const { sight } = await page.until(({ items }) => items?.at(-1) === FEW.at(-1))
    const wrong = itemsFault(sight.items?.slice(-FEW.length), FEW)
    if (!wrong) return
    const fault = sight.items?.at(-1) === sight.items?.at(-2) ? 'twice' : undefined
    context.fail({ expected: `items ${quote(FEW)} after Back`, received: wrong.received, fault })
  })

  staged('quiet')

  /** A check that the site makes as well, in a page of its own. */
  function staged(name: keyof typeof pageChecks): void {
    const { begins, isHurried, run }: PageCheck = pageChecks[name]
    check(name, async (context) => {
      await using source = await scripted(context)
      if (begins) source.mode = begins
      await using page = await (begins
        ? browser.open(context, source.origin)
        : listening(context, source, { isHurried }))
      await run({ page, source, fail: (report) => context.fail(report) })
    })
  }

  function scripted({ root, origin }: CheckContext): Promise<ScriptedSource> {
    return startScripted({ root, target: origin, event })
  }

  /** A list without the first messages may keep the newest ones only, or never have had them: few messages tell. */
  async function expectFirst(context: CheckContext): Promise<void> {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    await pageChecks.items.run({ page, source, fail: (report) => context.fail(report) })
  }

  /** The page, once its stream is open. */
  async function listening(
    context: CheckContext,
    source: ScriptedSource,
    options?: OpenOptions,
  ): Promise<LearnerPage> {
    const page = await browser.open(context, source.origin, options)
    await page.until(({ sources }) => sources.some(({ readyState }) => readyState === 1))
    return page
  }
})

const CLOSED = {
  expected: 'an EventSource that stays open',
  received: 'one that the page has closed',
  fault: 'ended',
}

const AFTER_BACK = { expected: 'one open EventSource after someone left the page and went Back' }
