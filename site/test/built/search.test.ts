/** The search, as readers use it. */
import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { useSite } from './served.ts'

const site = useSite()

vi.setConfig({ testTimeout: 180_000 })

/** Types into the search, which is open. */
async function search(page: Page, words: string): Promise<void> {
  await page.getByPlaceholder('Search').fill(words)
  await page.locator('.pagefind-ui__message', { hasText: `for ${words}` }).waitFor()
}

test('leads to a page', async () => {
  await using opened = await site.visit('')
  const { page } = opened
  await page.getByRole('button', { name: 'Search' }).click()
  await search(page, 'reconnection time')
  await page.getByRole('dialog').getByRole('link', { name: 'The life of an EventSource' }).first().click()
  await page.waitForURL(`${site.home}concepts/eventsource/**`)
  expect(await page.locator('h1').textContent()).toBe('The life of an EventSource')
})

test('leads to the right page first', async () => {
  await using opened = await site.visit('faq/')
  const { page } = opened
  await page.getByRole('button', { name: 'Search' }).click()
  for (const [words, path] of RIGHT) {
    await search(page, words)
    const first = page.locator('.pagefind-ui__result-title a').first()
    await expect
      .poll(() => first.evaluate((link: HTMLAnchorElement) => link.href), { message: words })
      .toBe(site.home + path)
  }
})

const RIGHT = [
  ['authorization', 'lessons/12-security/'],
  ['heartbeat', 'lessons/10-heartbeat/'],
  ['backpressure', 'lessons/11-slow-consumers/'],
  ['nginx', 'concepts/behind-a-proxy/'],
  ['Last-Event-ID', 'lessons/09-replay/'],
  ['OpenAI', 'reference/token-streams/'],
  ['CORS', 'lessons/12-security/'],
  ['WebSocket', 'concepts/what-is-sse/'],
  ['React', 'concepts/recipes/'],
] as const
