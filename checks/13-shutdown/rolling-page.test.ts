/**
 * A rolling restart beside a real page: one server takes the place of another, again and again, and the list on the page is
 * what the page of a user would show. With the log in memory it says where messages may be missing; with Redis none are.
 */
import { chromium, type Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { findBrowser } from '../support/page/installed.ts'
import { Redis } from '../support/server/redis.ts'
import { RESTART_MS, RESTARTS, Succession, silentGaps, write } from './rolling.ts'

const browser = findBrowser()
const isThere = browser !== undefined || process.env.CI === 'true'
if (!isThere) console.warn('NOT RUN: there is no browser, and no page was beside a rolling restart.')

describe.runIf(isThere)(`a page lists each message once, in order, after ${RESTARTS} servers`, () => {
  test(
    'and says where some may be missing, with the log in memory',
    async () => {
      const { items, taken } = await replaceServers('13-shutdown', {})
      expect(items.filter(({ type }) => type === 'reset').length).toBeGreaterThan(0)
      expect(silentGaps(items, taken)).toEqual([])
    },
    (RESTARTS + 2) * RESTART_MS,
  )

  test(
    'and misses none, with the log in Redis',
    async () => {
      await using redis = await Redis.open()
      const { items, taken } = await replaceServers('15-scale-out', { REDIS_URL: redis.url })
      expect(new Set(items.map(({ type }) => type))).toEqual(new Set(['message']))
      expect(silentGaps(items, taken)).toEqual([])
    },
    (RESTARTS + 2) * RESTART_MS,
  )
})

/** What one item of the page's list says. */
interface Item {
  /** The kind of event it was made of. */
  type: string
  data: string
}

/** Replaces a server again and again while messages are sent, and answers what the page and the sender have of it. */
async function replaceServers(slug: string, more: Record<string, string>) {
  await using servers = await Succession.begin(slug, more)
  const { origin } = servers
  await using chrome = await chromium.launch({ executablePath: browser?.path })
  const page = await chrome.newPage({ ignoreHTTPSErrors: true })
  await page.goto(origin)
  await page.waitForFunction(() => document.querySelector('#state')?.textContent === 'open')
  const over = new AbortController()
  const taken: string[] = []
  const writing = write(taken, origin, over.signal)
  try {
    for (let restart = 0; restart <= RESTARTS; restart++) {
      if (restart > 0) await servers.next()
      const next = taken.length + 1
      const hasNext = async () => taken.length > next && (await lists(page, taken.at(next) ?? ''))
      await expect.poll(hasNext, { timeout: RESTART_MS }).toBe(true)
    }
  } finally {
    over.abort()
    await writing
  }
  return { items: await itemsOf(page), taken }
}

/** Whether the page lists this number, or one behind it. */
function lists(page: Page, text: string): Promise<boolean> {
  const isBehind = (text: string) =>
    Number(document.querySelector('#list')?.lastElementChild?.textContent) >= Number(text)
  return page.evaluate(isBehind, text)
}

function itemsOf(page: Page): Promise<Item[]> {
  return page.$$eval('#list li', (items) =>
    items.map(({ className, textContent }) => ({ type: className, data: textContent })),
  )
}
