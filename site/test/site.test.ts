/** The built site, in a real browser. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage, Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lessons } from '../../checks/lessons.ts'
import { lessonNumber } from '../../checks/manifest.ts'
import { readWire } from '../../checks/wire/read.ts'
import { root } from '../../workshop/project/paths.ts'
import { typedFor } from '../src/playground/notation.ts'
import { toHash } from '../src/playground/share.ts'
import { interpret } from '../src/playground/standard.ts'
import { BASE, buildSite, launch, serveSite } from './browser.ts'
import { brokenLinks, pagesOf } from './links.ts'
import { STREAMS } from './streams.ts'
import { verdictOn, writeLive } from './verdicts.ts'
import { faultsOf, visitPage } from './visit.ts'

/** The address of each page, from the files that they are written in. */
const PAGES = readdirSync(join(root, 'site/src/content/docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.mdx?$/.test(file))
  .map((file) => file.replaceAll('\\', '/').replace(/(index)?\.mdx?$/, ''))
  .map((page) => (page === '404' ? '404.html' : page && `${page}/`))

const folder = mkdtempSync(join(tmpdir(), 'site-'))
const liveFile = join(folder, 'live.json')
const built = join(folder, 'dist')
let browser: Browser
let server: Server
let origin: string

beforeAll(async () => {
  const [launched] = await Promise.all([launch(), buildSite(built)])
  browser = launched
  const served = await serveSite(built, liveFile)
  server = served.server
  origin = served.origin
}, 300_000)

afterAll(async () => {
  await browser?.close()
  server?.close()
  server?.closeAllConnections()
  rmSync(folder, { recursive: true, force: true })
})

const read = (file: string) => readFileSync(join(built, file), 'utf8')

/** The next request to the site that has something. */
function nextRequest(has: (request: IncomingMessage) => boolean): Promise<void> {
  return new Promise((resolve) => {
    server.on('request', (request) => has(request) && resolve())
  })
}

const visit = (path: string, options?: BrowserContextOptions, prepare?: (page: Page) => Promise<void>) =>
  visitPage(browser, `${origin}${BASE}`, path, options, prepare)

/** The time of a page goes on only when a test says so. */
async function stopClock(page: Page): Promise<void> {
  await page.clock.install({ time: 0 })
  await page.clock.pauseAt(1000)
}

describe('what was built', () => {
  test('has no link that leads nowhere', () => {
    expect(brokenLinks(built, BASE, 'https://example.org')).toEqual([])
  })

  test('has every page', () => {
    const addresses = pagesOf(built).map((page) => page.replace(/index\.html$/, ''))
    expect(addresses.sort()).toEqual([...PAGES].sort())
  })

  test('has a page and an anchor for every check', () => {
    const reference = read('reference/checks/index.html')
    for (const { slug, title, checks } of lessons) {
      const page = read(`lessons/${slug}/index.html`)
      expect(page).toContain(`${lessonNumber(slug)} · ${title}`)
      for (const name of Object.keys(checks)) {
        expect(page).toContain(`id="check-${name}"`)
        expect(reference).toContain(`id="${slug}-${name}"`)
      }
    }
  })

  test('has a search index, a sitemap, llms.txt, a card and edit links', () => {
    expect(read('pagefind/pagefind.js')).not.toBe('')
    expect(read('sitemap-0.xml')).toContain(`https://example.org${BASE}lessons/03-headers/`)
    expect(read('llms.txt')).toContain(`(https://example.org${BASE}lessons/03-headers/)`)
    const home = read('index.html')
    expect(home).toContain(`property="og:image" content="https://example.org${BASE}card.png"`)
    expect(readFileSync(join(built, 'card.png')).subarray(1, 4).toString()).toBe('PNG')
    const edit = 'https://code.example.org/repository/edit/main/site/src/content/docs/faq.mdx'
    expect(read('faq/index.html')).toContain(edit)
  })

  test('names no file of this machine', () => {
    for (const page of pagesOf(built)) expect(read(page)).not.toContain(root)
  })
})

describe.concurrent('has no error, no axe violation in light or dark, and no sideways scrolling at 320 px:', () => {
  test.each(PAGES)(
    '%s',
    async (page) => {
      expect(await faultsOf(browser, `${origin}${BASE}`, page)).toEqual([])
    },
    600_000,
  )
})

test('the search finds a page, and leads to it', async () => {
  await using opened = await visit('')
  const { page } = opened
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByPlaceholder('Search').fill('reconnection time')
  await page.getByRole('dialog').getByRole('link', { name: 'The life of an EventSource' }).first().click()
  await page.waitForURL(`${origin}${BASE}concepts/eventsource/**`)
  expect(await page.locator('h1').textContent()).toBe('The life of an EventSource')
})

test('pages can be read without JavaScript', async () => {
  const options = { javaScriptEnabled: false }
  await using lesson = await visit('lessons/03-headers/', options)
  expect(await lesson.page.locator('#check-content-type').textContent()).toContain('declares an event stream')
  await using playground = await visit('playground/', options)
  expect(await playground.page.locator('.pg-events li').count()).toBe(2)
  await using home = await visit('', options)
  expect(await home.page.locator('.demo-events li').count()).toBe(3)
  await home.page.locator('recorded-session summary').nth(3).click()
  const screen = home.page.locator('recorded-session pre:visible')
  expect(await screen.textContent()).toContain('Lesson 3 is done.')
})

test('the picture of the wire stands still for who wants no motion, and plays on demand', async () => {
  await using opened = await visit('', { reducedMotion: 'reduce' }, stopClock)
  const { page } = opened
  const wire = page.locator('.demo-wire code')
  const events = page.locator('.demo-events li')
  const whole = await wire.textContent()
  await page.clock.runFor(10_000)
  expect(await wire.textContent()).toBe(whole)
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await page.clock.runFor(2000)
  expect(await events.count()).toBe(1)
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  const paused = await wire.textContent()
  await page.clock.runFor(10_000)
  expect(await wire.textContent()).toBe(paused)
})

test('the recorded session moves when it is asked to, stops, and shows the step that is picked', async () => {
  await using opened = await visit('', {}, stopClock)
  const { page } = opened
  const screen = page.locator('recorded-session pre:visible')
  const steps = page.locator('recorded-session summary')
  const begins = await screen.textContent()
  expect(begins).toContain('✗ answers GET /events with 200')
  await page.clock.runFor(60_000)
  expect(await screen.textContent()).toBe(begins)

  await page.getByRole('button', { name: 'Play the session' }).click()
  await page.clock.runFor(60_000)
  expect(await page.locator('recorded-session details[open] summary').textContent()).toBe(
    await steps.last().textContent(),
  )
  await page.getByRole('button', { name: 'Play the session' }).click()
  await page.getByRole('button', { name: 'Pause the session' }).click()
  await page.clock.runFor(60_000)
  expect(await page.locator('recorded-session details').first().getAttribute('open')).not.toBeNull()

  await steps.nth(3).press('Enter')
  expect(await screen.textContent()).toContain('Lesson 3 is done.')
})

describe('the playground', () => {
  test('shows what it makes', async () => {
    await using opened = await visit('playground/')
    const { page, errors } = opened
    for (const { says, bytes } of STREAMS) {
      await page.evaluate(
        (hash) => {
          location.hash = hash
        },
        toHash(typedFor(bytes)),
      )
      const { events } = interpret(readWire(bytes))
      await page.waitForFunction(
        (typed) => document.querySelector('textarea')?.value === typed,
        typedFor(bytes),
      )
      expect(await page.locator('.pg-events > li').count(), says).toBe(events.length)
      expect(await page.locator('.pg-events-view').textContent(), says).toContain('makes the same of it')
      expect(await page.locator('.pg-pieces-view').textContent(), says).toContain('the same as in one piece')
    }
    expect(errors).toEqual([])
  })

  test('is worked by keyboard, and shared by its address', async () => {
    await using opened = await visit('playground/')
    const { page } = opened
    await page.getByLabel('Begin with').selectOption({ label: 'Data with a capital' })
    expect(page.url()).toContain('#letter-case')
    expect(await page.locator('.pg-findings').textContent()).toContain('small letters')
    await page.getByLabel('The stream').fill('data: <b>hi</b>\n')
    await page.getByLabel('The stream').press('End')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.getByLabel('The stream').inputValue()).toBe('data: <b>hi</b>\n\n<CR>')
    expect(await page.locator('.pg-events dd').nth(1).textContent()).toBe('<b>hi</b>')
    await page.getByLabel('Bytes in a piece').press('Home')
    expect(await page.locator('.pg-pieces > li').count()).toBe('data: <b>hi</b>\n\n<CR>'.length - 3)
    await using other = await visit(`playground/${new URL(page.url()).hash}`)
    expect(await other.page.getByLabel('The stream').inputValue()).toBe('data: <b>hi</b>\n\n<CR>')
  })
})

describe('the live panel', () => {
  test('follows a failure, a save that mends it, and a reconnection', async () => {
    rmSync(liveFile, { force: true })
    await using opened = await visit('lessons/03-headers/')
    const { page } = opened
    const status = page.locator('.live-status')
    const check = page.locator('#check-content-type')
    const { checks } = verdictOn()
    const count = checks.length
    const before = checks.findIndex(({ id }) => id === '03-headers/content-type')
    await expect.poll(() => status.textContent()).toContain('Connected')

    const failed = {
      id: 'run-1',
      verdict: verdictOn('content-type', '<img src=x onerror="document.title=1">'),
    }
    writeLive(liveFile, { events: [failed] })
    await expect
      .poll(() => status.textContent())
      .toContain(`${before} of ${count} checks pass. Now: declares an event stream.`)
    expect(await check.getAttribute('data-state')).toBe('failed')
    expect(await check.textContent()).toContain('received <that>')
    expect(await page.locator('.live-extra').textContent()).toContain('<img src=x')
    expect(await page.locator('.live-extra img').count()).toBe(0)

    const back = nextRequest((request) => request.headers['last-event-id'] === 'run-1')
    server.closeAllConnections()
    await expect.poll(() => status.textContent()).toContain('Trying again')
    writeLive(liveFile, { events: [failed, { id: 'run-2', verdict: verdictOn() }] })
    await back
    await expect.poll(() => status.textContent()).toContain(`All done: ${count} of ${count} checks pass.`)
    expect(await check.getAttribute('data-state')).toBe('passed')
    expect(await check.textContent()).not.toContain('received')

    server.closeAllConnections()
    await expect.poll(() => status.textContent()).toContain('Trying again')
    await expect.poll(() => status.textContent()).toContain('All done')
  })

  test('says how to get it where no command runs', async () => {
    await using opened = await visit('lessons/03-headers/', { javaScriptEnabled: false })
    expect(await opened.page.locator('live-checks').textContent()).toContain('npm run site')
  })
})
