/**
 * The checks that need a page and an event source, and no more: in a browser that the checks start, and in the site's own
 * page. Each begins with the page open, and its source listening, unless it says otherwise.
 */
import type { Report } from '../support/failure.ts'
import { expectState, failOnError, openCount, quote } from '../support/page/expect.ts'
import { RAN } from '../support/page/hook.ts'
import type { LearnerPage, PageError } from '../support/page/page.ts'
import type { Mode } from '../support/proxy/scripted.ts'
import { itemsFault } from './list.ts'
import { expectOneStream } from './streams.ts'

/** How long the browser may take to connect, in milliseconds. */
const CONNECT_MS = 5000

/** How long a page may wait that closes its EventSource and opens another one itself, in milliseconds. */
const REOPEN_MS = 10_000

/** How long a picture may take to fail to load, in milliseconds. */
const RUN_MS = 500

/** More messages than any window shows. */
const MANY = 100

/** A page, as far as these checks look at it. */
export type SeenPage = Pick<LearnerPage, 'errors' | 'look' | 'until' | 'catchUp' | 'runAhead'>

/** The server of that page, as far as these checks direct it. */
export interface DirectedSource {
  /** Where the page comes from, without a path. */
  readonly origin: string
  /** How often `/events` was asked for. */
  readonly asked: number
  /** How many streams are open now, and how many wait for an answer. */
  readonly open: number
  readonly held: number
  /** What is done with those who ask from now on; who waits for an answer gets it now. */
  set mode(mode: Mode)
  /** Sends one event for each of `data` to everyone who listens. */
  send(...data: string[]): void
  /** Drops every connection, as a server does that stops. */
  cut(): void
  /** Stops, until the page has asked in vain; a new `mode` brings it back. */
  leave(): Promise<void>
  /** Waits until `test` holds; false when it does not within `ms` milliseconds. */
  until(test: (source: this) => boolean, ms: number): Promise<boolean>
}

/** What a check works with. */
export interface Stage {
  page: SeenPage
  source: DirectedSource
  fail(report: Report): never
}

export interface PageCheck {
  /** The page's timers fire early, so that nobody has to wait for what it puts off. */
  isHurried?: true
  /** What the source does when the page is opened; it is open otherwise, and so is the page's stream. */
  begins?: Mode
  run(stage: Stage): Promise<void>
}

export const pageChecks = {
  loads: {
    begins: 'open',
    async run({ page, fail }) {
      const urls = (await page.look()).sources.map(({ url }) => url)
      const isOfStream = ({ text, url }: PageError) =>
        urls.some((each) => url === each || text.includes(each))
      failOnError({ fail }, page, 'a page that loads without an error', (error) => !isOfStream(error))
    },
  },
  source: { begins: 'open', run: opensOne },
  items: { run: listsEach },
  text: {
    async run({ page, source, fail }) {
      source.send(...TRAPS)
      const { sight } = await page.until(({ items = [] }) => items.length >= TRAPS.length)
      const wrong = TRAPS.findIndex((data, i) => sight.items?.[i] !== data)
      if (wrong < 0 && !sight.hasMarkup) return
      const { met: ran } = await page.until(({ ran }) => ran, RUN_MS)
      fail({
        expected: `the text ${TRAPS[wrong] ?? TRAPS[0]}`,
        received: sight.hasMarkup
          ? 'an element that the message made'
          : `the text ${quote([sight.items?.[wrong]])}`,
        fault: ran ? 'ran' : undefined,
      })
    },
  },
  newest: {
    async run({ page, source, fail }) {
      source.send(...Array.from({ length: MANY }, (_, i) => `Message ${i + 1}`))
      const newest = `Message ${MANY}`
      const { met } = await page.until(({ items, newestInView }) => items?.at(-1) === newest && newestInView)
      if (met) return
      fail({ expected: `the last of ${MANY} messages in view`, received: 'a list that shows older ones' })
    },
  },
  state: {
    begins: 'hold',
    async run({ page, source, fail }) {
      const when = 'while the server has not answered yet'
      await expectState({ fail }, page, { state: 'connecting', when })
      source.mode = 'open'
      await expectState({ fail }, page, { state: 'open', when: 'when the stream has opened' })
    },
  },
  follows: {
    async run({ page, source, fail }) {
      await source.leave()
      const away = { state: 'connecting', when: 'while the server is away', faults: { closed: 'closed' } }
      await expectState({ fail }, page, away)
      source.mode = 'open'
      await page.until(({ sources }) => openCount(sources) > 0, REOPEN_MS)
      const faults = { connecting: 'back', closed: 'back' }
      await expectState({ fail }, page, { state: 'open', when: 'when the server is back', faults })
    },
  },
  'one-source': {
    isHurried: true,
    async run({ page, source, fail }) {
      for (const mode of ['open', 'hold'] as const) {
        const { asked } = source
        source.mode = mode // the second time the server takes seconds to come back
        source.cut()
        await source.until((now) => now.asked > asked, CONNECT_MS)
        await page.runAhead()
        // A frame may have asked before the page has: Firefox waits half a second at least before it connects again.
        if (mode === 'open')
          await page.until(({ sources }) => sources.some(({ readyState }) => readyState === 1))
        await expectOneStream({ fail }, page, source, ONE_SOURCE)
      }
    },
  },
  closed: {
    async run({ page, source, fail }) {
      source.mode = { status: 404 }
      source.cut()
      await expectState({ fail }, page, { state: 'closed', when: 'when the server answers 404 to /events' })
    },
  },
  quiet: {
    async run({ page, source, fail }) {
      source.send('one', 'two', 'three')
      await page.until(({ items = [] }) => items.length >= 3)
      await page.catchUp()
      failOnError({ fail }, page, 'no error while messages come in')
    },
  },
} satisfies Record<string, PageCheck>

/** One EventSource, on the address that the page came from. */
async function opensOne({ page, source, fail }: Stage): Promise<void> {
  const { sight } = await page.until(({ sources }) => sources.length > 0)
  const expected = 'one EventSource, on /events of the address that the page came from'
  const [first] = sight.sources
  if (!first) {
    const fault = source.asked > 0 ? 'fetch' : undefined
    return fail({ expected, received: 'no EventSource', fault })
  }
  const { origin, pathname } = new URL(first.url)
  const received = `new EventSource('${first.url}') in a page of ${source.origin}`
  if (origin !== source.origin) fail({ expected, received, fault: 'origin' })
  if (pathname !== '/events') fail({ expected, received, fault: 'path' })
  if (!(await source.until(({ open }) => open > 0, CONNECT_MS))) {
    failOnError({ fail }, page, 'an EventSource that opens')
    fail({ expected: 'an EventSource that opens', received: 'one that was closed before' })
  }
  const { sources } = await page.look()
  if (sources.length === 1) return
  fail({ expected, received: `${sources.length} EventSources`, fault: 'several' })
}

/** Few messages, which are listed from the first on. */
async function listsEach({ page, source, fail }: Stage): Promise<void> {
  source.send(...FEW)
  const { sight } = await page.until(({ items = [] }) => items.length >= FEW.length)
  const expected = `items ${quote(FEW)}`
  if ((sight.items ?? []).length < FEW.length) failOnError({ fail }, page, expected)
  const wrong = itemsFault(sight.items, FEW)
  if (wrong) fail({ expected, ...wrong })
}

/** No list is so short that it has no room for them. */
export const FEW = ['Message 1', 'Message 2', 'Message 3']

const TRAPS = [`<img src=x onerror="globalThis.${RAN}=true">`, '<b>bold</b> &amp; plain']

const ONE_SOURCE = { expected: 'one EventSource after the connection broke and came back' }
