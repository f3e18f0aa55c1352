/** Visits to the pages of the site, and what is wrong with them. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core'

/**
 * Opens a page of the site. What it says in its console, and what it asks of other hosts, is kept in `errors`.
 *
 * @param site the address of the home page
 * @param prepare is done with the page before it goes there
 */
export async function visitPage(
  browser: Browser,
  site: string,
  path: string,
  options: BrowserContextOptions = {},
  prepare?: (page: Page) => Promise<void>,
) {
  const page = await browser.newPage(options)
  page.setDefaultTimeout(120_000)
  await prepare?.(page)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('request', (request) => {
    if (isOfServed(request)) return
    if (!request.url().startsWith(site) && !request.url().startsWith('data:'))
      errors.push(`asks ${request.url()}`)
  })
  await page.goto(site + path)
  return { page, errors, [Symbol.asyncDispose]: () => page.close() }
}

/** Whether a page in a frame asks, whose server is the page around it: nothing of that leaves the browser. */
function isOfServed(request: Request): boolean {
  return request.serviceWorker() === null && request.frame().url().includes('/playground/served/')
}

/** What is wrong with a page: errors, axe violations in light on a phone and in dark on a desk, sideways scrolling. */
export async function faultsOf(browser: Browser, site: string, path: string): Promise<string[]> {
  await using opened = await visitPage(browser, site, path, {
    viewport: { width: 320, height: 800 },
    colorScheme: 'light',
  })
  const { page, errors } = opened
  // What is far below counts as well, though it is laid out later.
  await page.waitForFunction(() => !document.documentElement.matches('.part-by-part'))
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  if (width > 320) errors.push(`is ${width} px wide`)
  const light = await violations(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'dark'
  })
  const dark = await violations(page)
  return [...errors, ...light, ...dark].map((fault) => `${path}: ${fault}`)
}

async function violations(page: Page): Promise<string[]> {
  // Without the legacy mode a second page is opened for each run. What somebody wrote is in a frame, and theirs.
  // Every rule is run; but to list each element that keeps one takes longer than that.
  const axe = new AxeBuilder({ page }).exclude('iframe').setLegacyMode(true)
  const results = await axe.options({ resultTypes: ['violations'] }).analyze()
  return results.violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target).join(', ')}`)
}
