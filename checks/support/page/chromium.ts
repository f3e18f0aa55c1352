/** Chrome, Edge and Chromium: driven by Playwright, and asked over CDP for what their developer tools would show. */
import type { Browser, CDPSession, Page } from 'playwright-core'
import { hook, KEY } from './hook.ts'
import { Pulse } from './pulse.ts'
import { type ConsoleError, LOAD_MS, type ReceivedEvent, type RunningBrowser, type Tab } from './tab.ts'

/** How long the browser may take to start, in milliseconds. */
const START_MS = 20_000

/**
 * What keeps a browser from talking to anyone but the server under check, and from drawing what nobody sees: the list
 * below the address bar is a page of its own, which can take more of the machine than the learner's. No page takes more
 * memory than the checks may need. The last flag
 * replaces Playwright's own, so what matters of that one stands here too.
 */
const FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--js-flags=--max-old-space-size=128',
  `--disable-features=${[
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
    'HttpsUpgrades',
    'MediaRouter',
    'NetworkTimeServiceQuerying',
    'OptimizationHints',
    'PaintHolding',
  ]}`,
]

/** Playwright turns off what lets people come back to a page as they left it. */
const UNWANTED = ['--disable-back-forward-cache']

/** Throws when the program at `executablePath` does not start. */
export async function launchChromium(executablePath: string): Promise<RunningBrowser> {
  const { chromium } = await import('playwright-core') // takes a while, and many runs need no browser
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  const browser = await chromium.launch({
    executablePath,
    args: FLAGS,
    ignoreDefaultArgs: UNWANTED,
    timeout: START_MS,
    ...signals,
  })
  return {
    isConnected: () => browser.isConnected(),
    newTab: () => newTab(browser),
    close: () => browser.close(),
  }
}

async function newTab(browser: Browser): Promise<Tab> {
  const page = await browser.newPage({ ignoreHTTPSErrors: true })
  const cdp = await page.context().newCDPSession(page)
  const tab = new ChromiumTab(page, cdp, new Pulse(await browser.newBrowserCDPSession(), cdp))
  await Promise.all([
    page.addInitScript(hook, KEY),
    cdp.send('Runtime.enable'),
    cdp.send('Page.enable'), // without it, scripts that are added to new pages do not run
    cdp.send('Log.enable'),
    cdp.send('Network.enable'),
  ])
  return tab
}

class ChromiumTab implements Tab {
  errors: ConsoleError[] = []
  received: ReceivedEvent[] = []
  #page: Page
  #cdp: CDPSession
  #pulse: Pulse

  constructor(page: Page, cdp: CDPSession, pulse: Pulse) {
    this.#page = page
    this.#cdp = cdp
    this.#pulse = pulse
    cdp.on('Runtime.executionContextsCleared', () => {
      this.errors = [] // what came until now is of the page before
      this.received = []
    })
    cdp.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
      const { url, lineNumber, columnNumber, stackTrace, exception, text } = exceptionDetails
      const said = exception?.description ?? text
      const frame = stackTrace?.callFrames[0] // a script that can't be parsed has none
      const isScript = exception?.className === 'SyntaxError' || lineNumber + columnNumber > 0
      // What the browser was given to call, and is no function of a script, is said to be in the page's first line.
      if (frame || isScript) this.#note(said, frame?.url ?? url, frame?.lineNumber ?? lineNumber)
      else this.#note(said)
    })
    cdp.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
      if (type !== 'error' && type !== 'assert') return
      const frame = stackTrace?.callFrames[0]
      const text = args.map(({ description, value }) => description ?? String(value)).join(' ')
      this.#note(text, frame?.url, frame?.lineNumber)
    })
    cdp.on('Log.entryAdded', ({ entry: { level, text, url, lineNumber } }) => {
      if (level === 'error') this.#note(text, url, lineNumber)
    })
    cdp.on('Network.eventSourceMessageReceived', ({ eventName, data }) => {
      this.received.push({ type: eventName, data })
    })
  }

  get isLost(): boolean {
    return this.#pulse.isLost
  }

  get url(): string {
    return this.#page.url()
  }

  async load(url: string): Promise<void> {
    await this.#pulse.during(this.#page.goto(url, { timeout: LOAD_MS }), true)
  }

  look<T, A>(look: (arg: A) => T, arg: A): Promise<T> {
    return this.#pulse.during(this.run(look, arg))
  }

  run<T, A>(work: (arg: A) => T | Promise<T>, arg: A): Promise<T> {
    return this.#page.evaluate(work as (arg: unknown) => T, arg as unknown)
  }

  async catchUp(): Promise<void> {
    await this.#pulse.during(this.#cdp.send('Runtime.evaluate', { expression: '0' }))
  }

  async runFirst(source: string): Promise<() => Promise<void>> {
    const { identifier } = await this.#cdp.send('Page.addScriptToEvaluateOnNewDocument', { source })
    return async () => {
      await this.#cdp.send('Page.removeScriptToEvaluateOnNewDocument', { identifier })
    }
  }

  async leaveAndReturn(url: string): Promise<void> {
    await this.#page.goto(url, { timeout: LOAD_MS })
    await this.#page.goBack({ timeout: LOAD_MS, waitUntil: 'commit' }) // a page that was kept does not load again
  }

  count(selector: string): Promise<number> {
    return this.#page.locator(selector).count()
  }

  fill(selector: string, text: string, timeout: number): Promise<void> {
    return this.#page.locator(selector).first().fill(text, { timeout })
  }

  pressEnter(selector: string, timeout: number): Promise<void> {
    return this.#page.locator(selector).first().press('Enter', { timeout })
  }

  click(selector: string, timeout: number): Promise<void> {
    return this.#page.locator(selector).first().click({ timeout })
  }

  close(): Promise<void> {
    return this.#page.close()
  }

  /** `line` counts from 0, as the browser's protocol does. */
  #note(text: string, url?: string, line?: number): void {
    this.errors.push({ text, url: url || undefined, line: line === undefined ? undefined : line + 1 })
  }
}
