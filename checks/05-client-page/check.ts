import { afterAll } from 'vitest'
import { lessonNumber } from '../manifest.ts'
import { lesson } from '../support/lesson.ts'
import { PageBrowser } from '../support/page/browser.ts'
import { expectState, failOnError, openCount, quote } from '../support/page/expect.ts'
import { type PageSight, RAN } from '../support/page/hook.ts'
import type { LearnerPage, OpenOptions, PageError } from '../support/page/page.ts'
import { BLANK, type ScriptedSource, startScripted } from '../support/proxy/scripted.ts'
import { run } from '../support/run.ts'
import type { CheckContext } from '../support/subject.ts'
import { CLOCK_MS, itemsFault, noMessages, runOf } from './list.ts'
import manifest from './manifest.ts'
import { checkFiles, checkPage } from './served.ts'
import { expectOneStream } from './streams.ts'

/** How long the browser may take to connect, in milliseconds. */
const CONNECT_MS = 5000

/** How long a page may wait that closes its EventSource and opens another one itself, in milliseconds. */
const REOPEN_MS = 10_000

/** How long a picture may take to fail to load, in milliseconds. */
const RUN_MS = 500

/** More messages than any window shows. */
const MANY = 100

/** Attempts to connect again that prove a page's patience. */
const ATTEMPTS = 3

const { slug, target } = run
const isAddress = target.kind === 'address'

/** The name that the clock's events have from lesson 07 on. An address does not tell its lesson, so its stream does. */
let event = lessonNumber(slug) >= 7 ? 'tick' : undefined

const browser = new PageBrowser(run)

await lesson(manifest, (check) => {
  afterAll(() => browser.close())

  check('page', checkPage)

  check('files', checkFiles)

  check('loads', async (context) => {
    await using source = await scripted(context)
    await using page = await browser.open(context, source.origin)
    const urls = (await page.look()).sources.map(({ url }) => url)
    const isOfStream = ({ text, url }: PageError) => urls.some((each) => url === each || text.includes(each))
    failOnError(context, page, 'a page that loads without an error', (error) => !isOfStream(error))
  })

  check('source', async (context) => {
    await using source = await scripted(context)
    await using page = await browser.open(context, source.origin)
    const { sight } = await page.until(({ sources }) => sources.length > 0)
    const expected = 'one EventSource, on /events of the address that the page came from'
    const [first] = sight.sources
    if (!first) {
      const fault = source.asked > 0 ? 'fetch' : undefined
      return context.fail({ expected, received: 'no EventSource', fault })
    }
    const { origin, pathname } = new URL(first.url)
    const received = `new EventSource('${first.url}') in a page of ${source.origin}`
    if (origin !== source.origin) context.fail({ expected, received, fault: 'origin' })
    if (pathname !== '/events') context.fail({ expected, received, fault: 'path' })
    if (!(await source.until(({ open }) => open > 0, CONNECT_MS))) {
      failOnError(context, page, 'an EventSource that opens')
      context.fail({ expected: 'an EventSource that opens', received: 'one that was closed before' })
    }
    const { sources } = await page.look()
    if (sources.length === 1) return
    context.fail({ expected, received: `${sources.length} EventSources`, fault: 'several' })
  })

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
    if (data.length === 0) context.fail(noMessages(page.received))
    const begin = runOf(sight.items, sent())
    if (begin === 0) return
    if (begin !== undefined) return expectFirst(context)
    const wrong = itemsFault(sight.items, data)
    if (wrong) context.fail({ expected, ...wrong })
  })

  check('text', async (context) => {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    source.send(...TRAPS)
    const { sight } = await page.until(({ items = [] }) => items.length >= TRAPS.length)
    const wrong = TRAPS.findIndex((data, i) => sight.items?.[i] !== data)
    if (wrong < 0 && !sight.hasMarkup) return
    const { met: ran } = await page.until(({ ran }) => ran, RUN_MS)
    context.fail({
      expected: `the text ${TRAPS[wrong] ?? TRAPS[0]}`,
      received: sight.hasMarkup
        ? 'an element that the message made'
        : `the text ${quote([sight.items?.[wrong]])}`,
      fault: ran ? 'ran' : undefined,
    })
  })

  check('newest', async (context) => {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    source.send(...Array.from({ length: MANY }, (_, i) => `Message ${i + 1}`))
    const newest = `Message ${MANY}`
    const { met } = await page.until(({ items, newestInView }) => items?.at(-1) === newest && newestInView)
    if (met) return
    context.fail({
      expected: `the last of ${MANY} messages in view`,
      received: 'a list that shows older ones',
    })
  })

  check('state', async (context) => {
    await using source = await scripted(context)
    source.mode = 'hold'
    await using page = await browser.open(context, source.origin)
    await expectState(context, page, { state: 'connecting', when: 'while the server has not answered yet' })
    source.mode = 'open'
    await expectState(context, page, { state: 'open', when: 'when the stream has opened' })
  })

  check('follows', async (context) => {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    source.mode = 'away'
    source.cut()
    await source.until(({ refused }) => refused >= ATTEMPTS, CONNECT_MS)
    const away = { state: 'connecting', when: 'while the server is away', faults: { closed: 'closed' } }
    await expectState(context, page, away)
    source.mode = 'open'
    await page.until(({ sources }) => openCount(sources) > 0, REOPEN_MS)
    const faults = { connecting: 'back', closed: 'back' }
    await expectState(context, page, { state: 'open', when: 'when the server is back', faults })
  })

  check('one-source', async (context) => {
    await using source = await scripted(context)
    await using page = await listening(context, source, { isHurried: true })
    for (const mode of ['open', 'hold'] as const) {
      const { asked } = source
      source.mode = mode // the second time the server takes seconds to come back
      source.cut()
      await source.until((now) => now.asked > asked, CONNECT_MS)
      await page.runAhead()
      await expectOneStream(context, page, source, ONE_SOURCE)
    }
  })

  check('closed', async (context) => {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    source.mode = { status: 404 }
    source.cut()
    await expectState(context, page, { state: 'closed', when: 'when the server answers 404 to /events' })
  })

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

  check('quiet', async (context) => {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    source.send('one', 'two', 'three')
    await page.until(({ items = [] }) => items.length >= 3)
    await page.catchUp()
    failOnError(context, page, 'no error while messages come in')
  })

  function scripted({ root, origin }: CheckContext): Promise<ScriptedSource> {
    return startScripted({ root, target: origin, event })
  }

  /** A list without the first messages may keep the newest ones only, or never have had them: few messages tell. */
  async function expectFirst(context: CheckContext): Promise<void> {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    source.send(...FEW)
    const { sight } = await page.until(({ items = [] }) => items.length >= FEW.length)
    const wrong = itemsFault(sight.items, FEW)
    if (wrong) context.fail({ expected: `items ${quote(FEW)}`, ...wrong })
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

const TRAPS = [`<img src=x onerror="globalThis.${RAN}=true">`, '<b>bold</b> &amp; plain']

/** No list is so short that it has no room for them. */
const FEW = ['Message 1', 'Message 2', 'Message 3']

const CLOSED = {
  expected: 'an EventSource that stays open',
  received: 'one that the page has closed',
  fault: 'ended',
}

const ONE_SOURCE = { expected: 'one EventSource after the connection broke and came back' }

const AFTER_BACK = { expected: 'one open EventSource after someone left the page and went Back' }
