/** A page that listens while servers come and go: an installed browser has it open. */
import { type Browser, chromium, type Page } from 'playwright-core'
import { findOfKind } from '../support/page/installed.ts'

const browser = findOfKind('chromium')

/** Whether a test with a page can be run. Where tests must not be left out, a browser has to be there. */
export const hasBrowser = browser !== undefined || process.env.CI === 'true'
if (!hasBrowser) console.warn('NOT RUN: there is no browser, and no page was beside a rolling restart.')

/** What one item of the page's list says. */
export interface Item {
  /** The kind of event it was made of. */
  type: string
  data: string
}

export class ListeningPage implements AsyncDisposable {
  #chrome: Browser
  #page: Page

  private constructor(chrome: Browser, page: Page) {
    this.#chrome = chrome
    this.#page = page
  }

  /** Opens the page of the server at this origin. Resolves when it listens. */
  static async open(origin: string): Promise<ListeningPage> {
    const chrome = await chromium.launch({ executablePath: browser?.path })
    try {
      const page = await chrome.newPage({ ignoreHTTPSErrors: true })
      await page.goto(origin)
      await page.waitForFunction(() => document.querySelector('#state')?.textContent === 'open')
      return new ListeningPage(chrome, page)
    } catch (error) {
      await chrome.close()
      throw error
    }
  }

  /** Whether it lists this number last, or one behind it. */
  lists(text: string): Promise<boolean> {
    const isBehind = (text: string) =>
      Number(document.querySelector('#list')?.lastElementChild?.textContent) >= Number(text)
    return this.#page.evaluate(isBehind, text)
  }

  items(): Promise<Item[]> {
    return this.#page.$$eval('#list li', (items) =>
      items.map(({ className, textContent }) => ({ type: className, data: textContent })),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#chrome.close()
  }
}
