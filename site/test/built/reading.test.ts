/** A reader stays where they are, and gets all of a page. */
import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { useSite } from './served.ts'

vi.setConfig({ testTimeout: 180_000 })

const site = useSite()

const PARTS = '.sl-markdown-content > :is(.picture, .expressive-code, .checks)'

/** Where a heading in the middle of the page stands on the screen, once that no longer changes. */
async function settled(page: Page): Promise<number> {
  return await page.locator('#check-your-work').evaluate(async (heading) => {
    let before = Number.NaN
    for (let still = 0; still < 20; ) {
      await new Promise(requestAnimationFrame)
      const { top } = heading.getBoundingClientRect()
      still = top === before ? still + 1 : 0
      before = top
    }
    return before
  })
}

/** Scrolls as a reader does, who has seen all that is above. */
async function readTo(page: Page, share: number): Promise<number> {
  await page.evaluate(async (part) => {
    const end = part * (document.documentElement.scrollHeight - innerHeight)
    for (let before = -1; scrollY < end - 1 && scrollY > before; ) {
      before = scrollY
      scrollBy({ top: Math.min(innerHeight / 2, end - scrollY), behavior: 'instant' })
      await new Promise(requestAnimationFrame)
    }
  }, share)
  return await settled(page)
}

test.each([390, 1440])(
  'a reload and the way back lead to the same place, on a screen of %i px',
  async (width) => {
    await using opened = await site.visit('lessons/05-client-page/', { viewport: { width, height: 844 } })
    const { page } = opened
    for (const share of [0.3, 0.6, 0.8, 0.95]) {
      const there = await readTo(page, share)
      await page.reload()
      expect(Math.abs((await settled(page)) - there), `reload at ${share}`).toBeLessThan(2)
      await page.goto(`${site.home}faq/`)
      await page.goBack()
      expect(Math.abs((await settled(page)) - there), `back at ${share}`).toBeLessThan(2)
    }
  },
)

test('a page that was just opened is soon laid out whole, and printed whole at any time', async () => {
  await using opened = await site.visit('lessons/05-client-page/')
  const { page } = opened
  const parts = page.locator(PARTS)
  const waiting = () =>
    parts.evaluateAll(
      (all) => all.filter((part) => getComputedStyle(part).contentVisibility === 'auto').length,
    )
  await page.waitForFunction(() => !document.documentElement.matches('.part-by-part'))
  expect(await waiting()).toBe(0)
  // As it is before that.
  await page.evaluate((selector) => {
    document.documentElement.classList.add('part-by-part')
    for (const part of document.querySelectorAll(selector)) part.classList.remove('laid-out')
  }, PARTS)
  expect(await waiting()).toBeGreaterThan(3)
  await page.emulateMedia({ media: 'print' })
  expect(await waiting()).toBe(0)
})

test('a dark page is printed light, and is dark again afterwards', async () => {
  await using opened = await site.visit('lessons/05-client-page/', { colorScheme: 'dark' })
  const { page } = opened
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme)
  await page.evaluate(() => {
    addEventListener('beforeprint', () => {
      document.body.dataset.printed = document.documentElement.dataset.theme
    })
  })
  expect(await theme()).toBe('dark')
  await page.pdf()
  expect(await page.evaluate(() => document.body.dataset.printed)).toBe('light')
  expect(await theme()).toBe('dark')
})
