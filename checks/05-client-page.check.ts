import { afterAll, inject } from 'vitest'
import manifest from './manifests/05-client-page.ts'
import { HEAD_MS, mediaType, promptHead } from './support/events.ts'
import { lesson } from './support/lesson.ts'
import { lessonNumber } from './support/manifest.ts'
import type { LearnerPage, PageError } from './support/page.ts'
import { PageBrowser } from './support/page-browser.ts'
import { LEFT_OPEN, type PageSight, RAN } from './support/page-hook.ts'
import { linksOf } from './support/page-links.ts'
import { BLANK, type ScriptedSource, startScripted } from './support/scripted.ts'
import type { CheckContext } from './support/subject.ts'

/** What a page does not do within this many milliseconds, it does not do. */
const PAGE_MS = 3000

/** Three messages have come by then, also from a clock that ticks every second. */
const CLOCK_MS = 6000

/** How long a body may take after its head, in milliseconds. */
const BODY_MS = 2000

/** How many messages are more than any window shows. */
const MANY = 100

/** Attempts to connect again that prove a page's patience. */
const ATTEMPTS = 3

/** From lesson 07 on, the clock's events have a name. */
const event = lessonNumber(inject('run').slug) >= 7 ? 'tick' : undefined

await lesson(manifest, (check) => {
  const browser = new PageBrowser()
  afterAll(() => browser.close())

  check('page', async (context) => {
    const client = await context.connect()
    const at = () => context.shared?.where('respond', '/')
    for (const method of ['GET', 'HEAD']) {
      const expected = `${method} / → status 200, content-type: text/html; charset=utf-8`
      const answer = await promptHead(() => client.request({ ':method': method, ':path': '/' }))
      if (!answer)
        return context.fail({ expected, received: `no answer within ${HEAD_MS} ms`, fault: 'status' })
      const { status, headers } = answer.head
      const type = headers['content-type']
      const received = `status ${status}, content-type: ${type ?? '(none)'}`
      if (status !== 200) context.fail({ expected, received, fault: 'status', at: await at() })
      if (mediaType(type) !== 'text/html') context.fail({ expected, received, at: await at() })
      const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type ?? '')?.[1]
      if (charset?.toLowerCase() !== 'utf-8')
        context.fail({ expected, received, fault: 'charset', at: await at() })
      await answer.exchange.until(({ over }) => over, BODY_MS)
      if (method === 'HEAD' || /<\w/.test(answer.exchange.text)) continue
      context.fail({
        expected: 'a page behind the head of GET /',
        received: `${answer.exchange.bytes.length} bytes without any tag`,
        fault: 'empty',
        at: await at(),
      })
    }
  })

  check('files', async (context) => {
    const client = await context.connect()
    const page = client.get('/')
    await page.until(({ over }) => over, BODY_MS)
    for (const { kind, path } of linksOf(page.text, context.origin)) {
      const wanted = kind === 'style' ? 'text/css' : 'text/javascript'
      const expected = `GET ${path} → status 200, content-type: ${wanted}`
      const answer = await promptHead(() => client.get(path))
      if (!answer) return context.fail({ expected, received: `no answer within ${HEAD_MS} ms` })
      const { status, headers } = answer.head
      const type = headers['content-type']
      const received = `status ${status}, content-type: ${type ?? '(none)'}`
      const at = await context.shared?.where('respond', path)
      if (status !== 200) context.fail({ expected, received, at })
      if (!TYPES[kind].test(mediaType(type) ?? '')) context.fail({ expected, received, fault: 'type', at })
      if (await answer.exchange.until(({ ended }) => ended, BODY_MS)) continue
      context.fail({ expected: `all of ${path}`, received: 'a body without an end', at })
    }
  })

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
    const { sight } = await page.until(({ sources }) => sources.length > 0, PAGE_MS)
    const expected = 'one EventSource, on /events of the address that the page came from'
    const [first] = sight.sources
    if (!first) {
      return context.fail({
        expected,
        received: 'no EventSource',
        fault: source.asked > 0 ? 'fetch' : undefined,
      })
    }
    const url = new URL(first.url)
    const received = `new EventSource('${first.url}') in a page of ${source.origin}`
    if (url.origin !== source.origin) context.fail({ expected, received, fault: 'origin' })
    if (url.pathname !== '/events') context.fail({ expected, received, fault: 'path' })
    if (!(await source.until(({ open }) => open > 0, PAGE_MS))) {
      failOnError(context, page, 'an EventSource that opens')
      context.fail({ expected: 'an EventSource that opens', received: 'one that was closed before' })
    }
    const { sources } = await page.look()
    if (sources.length === 1) return
    context.fail({ expected, received: `${sources.length} EventSources`, fault: 'several' })
  })

  check('items', async (context) => {
    await using page = await browser.open(context, context.origin)
    const types = event ? ['message', event] : ['message']
    const sent = () => page.received.filter(({ type }) => types.includes(type)).map(({ data }) => data.trim())
    const { sight } = await page.until(({ items = [] }) => items.length >= 3 && sent().length >= 3, CLOCK_MS)
    await page.catchUp()
    const [items, data] = [sight.items ?? [], sent()]
    if (data.length === 0)
      context.fail({ ...NO_MESSAGES, at: await context.shared?.where('respond', '/events') })
    if (items.length > 0 && items.slice(0, 3).every((text, i) => text === data[i])) return
    const expected = `items ${quote(data.slice(0, 3))}`
    if (!sight.items) context.fail({ expected, received: 'no <ul id="list"> in the page', fault: 'silent' })
    if (items.length === 0) {
      failOnError(context, page, expected)
      context.fail({ expected, received: 'no item', fault: 'silent' })
    }
    const received = `items ${quote(items.slice(0, 3))}`
    const isReversed = items.length > 1 && items.at(-1) === data[0]
    const isDoubled = items.length > 1 && items[0] === data[0] && items[1] === data[0]
    context.fail({ expected, received, fault: isReversed ? 'order' : isDoubled ? 'twice' : undefined })
  })

  check('text', async (context) => {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    source.send(...TRAPS)
    const { sight } = await page.until(({ items = [] }) => items.length >= TRAPS.length, PAGE_MS)
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
    const isSeen = ({ items, newestInView }: PageSight) => items?.at(-1) === newest && newestInView
    if ((await page.until(isSeen, PAGE_MS)).met) return
    context.fail({
      expected: `the last of ${MANY} messages in view`,
      received: 'a list that shows older ones',
    })
  })

  check('state', async (context) => {
    await using source = await scripted(context)
    source.mode = 'hold'
    await using page = await browser.open(context, source.origin)
    await expectState(context, page, 'connecting', 'while the server has not answered yet')
    source.mode = 'open'
    await expectState(context, page, 'open', 'when the stream has opened')
  })

  check('follows', async (context) => {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    source.mode = 'away'
    source.cut()
    await source.until(({ refused }) => refused >= ATTEMPTS, PAGE_MS)
    await expectState(context, page, 'connecting', 'while the server is away', { closed: 'closed' })
    source.mode = 'open'
    await expectState(context, page, 'open', 'when the server is back', {
      connecting: 'back',
      closed: 'back',
    })
  })

  check('one-source', async (context) => {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    for (let asked = 2; asked <= ATTEMPTS; asked++) {
      source.cut()
      await source.until((now) => now.asked >= asked && now.open > 0, PAGE_MS)
    }
    const { met, sight } = await page.until(({ sources }) => openCount(sources) === 1, PAGE_MS)
    if (met) return
    context.fail({
      expected: 'one EventSource after the connection broke and came back',
      received: `${openCount(sight.sources)} EventSources`,
    })
  })

  check('closed', async (context) => {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    source.mode = { status: 404 }
    source.cut()
    await expectState(context, page, 'closed', 'when the server answers 404 to /events')
  })

  check('pagehide', async (context) => {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    const left = await page.leaveFor(source.origin + BLANK, LEFT_OPEN)
    if (left === '0') return
    context.fail({ expected: 'a closed EventSource after pagehide', received: 'one that is still open' })
  })

  check('quiet', async (context) => {
    await using source = await scripted(context)
    await using page = await listening(context, source)
    source.send('one', 'two', 'three')
    await page.until(({ items = [] }) => items.length >= 3, PAGE_MS)
    await page.catchUp()
    failOnError(context, page, 'no error while messages come in')
  })

  function scripted({ root, origin }: CheckContext): Promise<ScriptedSource> {
    return startScripted({ root, target: origin, event })
  }

  /** The page, once its stream is open. */
  async function listening(context: CheckContext, source: ScriptedSource): Promise<LearnerPage> {
    const page = await browser.open(context, source.origin)
    await page.until(({ sources }) => sources.some(({ readyState }) => readyState === 1), PAGE_MS)
    return page
  }
})

function failOnError(
  context: CheckContext,
  page: LearnerPage,
  expected: string,
  counts: (error: PageError) => boolean = () => true,
): void {
  const error = page.errors.find(counts)
  if (!error) return
  const file = error.url && new URL(error.url).pathname
  const place = file ? ` (${file}${error.line === undefined ? '' : `:${error.line}`})` : ''
  context.fail({ expected, received: `${error.text}${place}`, at: error.at })
}

/** Waits until the page shows the state. `fault` names the words for showing another one. */
async function expectState(
  context: CheckContext,
  page: LearnerPage,
  state: string,
  when: string,
  fault?: string,
) {
  const { met, sight } = await page.until((sight) => sight.state === state, PAGE_MS)
  if (met) return
  const received = sight.state === undefined ? 'no element with id="state"' : quote([sight.state])
  context.fail({ expected: `${state}, ${when}`, received, fault: faults[sight.state ?? ''] })
}

function openCount(sources: PageSight['sources']): number {
  return sources.filter(({ readyState }) => readyState !== 2).length
}

function quote(texts: (string | undefined)[]): string {
  return texts.map((text) => (text === undefined ? 'nothing' : `"${text.slice(0, 60)}"`)).join(', ')
}

const TYPES = { style: /^text\/css$/, script: /^(text|application)\/(x-)?(javascript|ecmascript)$/ }

const TRAPS = [`<img src=x onerror="globalThis.${RAN}=true">`, '<b>bold</b> &amp; plain']

/** How long a picture may take to fail to load, in milliseconds. */
const RUN_MS = 500

const NO_MESSAGES = {
  expected: 'messages from GET /events',
  received: `no message within ${CLOCK_MS / 1000} s`,
  why: 'The page shows what your server sends, and it sent nothing to the browser.',
  fix: 'Send a message every TICK_MS as in lesson 4: npm run check 4 tells what is missing.',
}
