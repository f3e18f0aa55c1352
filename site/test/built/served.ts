/** The built site behind a server, and a browser that visits it: what each test file of this folder begins with. */
import type { Server } from 'node:http'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, inject } from 'vitest'
import { BASE, launch, serveSite } from '../browser.ts'
import { visitPage } from '../visit.ts'

/**
 * Starts both before the tests of a file, and ends them after.
 *
 * @param liveFile the verdicts that lesson pages follow, as in `npm run site`; without it no page follows any
 */
export function useSite(liveFile?: string) {
  let browser: Browser
  let server: Server
  let origin = ''

  beforeAll(async () => {
    const [launched, served] = await Promise.all([launch(), serveSite(inject('built').folder, liveFile)])
    browser = launched
    server = served.server
    origin = served.origin
  })

  afterAll(async () => {
    await browser?.close()
    server?.close()
    server?.closeAllConnections()
  })

  return {
    get browser() {
      return browser
    },
    get server() {
      return server
    },
    /** The address of the home page. */
    get home() {
      return `${origin}${BASE}`
    },
    visit: (path: string, options?: BrowserContextOptions, prepare?: (page: Page) => Promise<void>) =>
      visitPage(browser, `${origin}${BASE}`, path, options, prepare),
  }
}
