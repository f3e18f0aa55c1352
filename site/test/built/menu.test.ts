/** The menu, the search and the theme are at hand on every page, on a phone too. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useSite } from './served.ts'

const site = useSite()

const PAGES = ['', 'playground/', 'playground/lesson-5/', '404.html', 'lessons/03-headers/']

const theme = (page: Page) => page.evaluate(() => document.documentElement.dataset.theme)

test.each(PAGES)('on a phone: %s', async (path) => {
  await using opened = await site.visit(path, { viewport: { width: 320, height: 700 }, colorScheme: 'light' })
  const { page, errors } = opened
  const lesson = page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: '4 · Message format' })
  expect(await lesson.isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Menu' }).click()
  const themes = page.getByLabel('Select theme').locator('visible=true')
  await themes.selectOption('dark')
  expect(await theme(page)).toBe('dark')
  await lesson.click()
  await page.waitForURL(`${site.home}lessons/04-message-format/`)
  expect(await theme(page)).toBe('dark')
  expect(errors).toEqual([])
})

test.each(PAGES)('on a desk: %s', async (path) => {
  await using opened = await site.visit(path, {
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
  })
  const { page } = opened
  await page.getByLabel('Select theme').locator('visible=true').selectOption('dark')
  expect(await theme(page)).toBe('dark')
  expect(await page.getByRole('button', { name: 'Search' }).isVisible()).toBe(true)
  const menu = page.getByRole('navigation', { name: 'Main' })
  await menu.getByRole('link', { name: 'Any stream', exact: true }).click()
  await page.waitForURL(`${site.home}inspect/`)
})
