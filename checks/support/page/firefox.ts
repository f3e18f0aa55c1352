/**
 * Firefox, as it is installed: driven by Puppeteer over WebDriver BiDi, whose commands every Firefox of today knows.
 * Playwright sends one that Firefox ESR does not. What developer tools would show is told by a witness in the page.
 */
import { once } from 'node:events'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'puppeteer-core'
import { Fail, type Report } from '../failure.ts'
import { within } from '../waiting.ts'
import { hook, KEY } from './hook.ts'
import { BUSY, CRASHED, RELOADING, WAITING } from './lost.ts'
import {
  type ConsoleError,
  LOAD_MS,
  RELOADS,
  type ReceivedEvent,
  type RunningBrowser,
  type Tab,
} from './tab.ts'
import { keepAndShow, type Testimony, testify, WITNESS, witness } from './witness.ts'

/** How long the browser may take to start, in milliseconds: many times what it takes where nothing else runs. */
const START_MS = 60_000

/** A page that has not answered by then, in milliseconds, never will: Firefox does not tell what it computes. */
const ANSWER_MS = 15_000

/** A page that lives answers one that asks how it is within so many milliseconds. */
const SIGN_MS = 3000

/** No page takes more memory than the checks may need, in megabytes, and none is told of the machine's own proxies. */
const PREFERENCES = { 'javascript.options.mem.max': 256, 'network.proxy.type': 0 }

/** The names of events that the lessons have. */
const NAMES = ['message', 'tick', 'reset']

/** On these systems the program that is started would hand its work to another one, and end. */
const WAITING_START =
  process.platform === 'win32'
    ? ['--wait-for-browser']
    : process.platform === 'darwin'
      ? ['--foreground']
      : []

/** Throws when the program does not start. */
export async function launchFirefox(program: string): Promise<RunningBrowser> {
  const { default: puppeteer } = await import('puppeteer-core')
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.execPath,
    ignoreDefaultArgs: true, // they would stand before those that Node is meant to read
    args: [join(import.meta.dirname, 'leash.mjs'), program, '--headless', ...WAITING_START],
    extraPrefsFirefox: PREFERENCES,
    acceptInsecureCerts: true,
    timeout: START_MS,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
  return {
    isConnected: () => browser.connected,
    newTab: async () => newTab(await browser.createBrowserContext()),
    close: () => close(browser),
  }
}

/** Lets go of the leash: a Firefox that is asked to close takes its time, and has nothing to keep. */
async function close(browser: Browser): Promise<void> {
  const leash = browser.process()
  if (!leash || leash.exitCode !== null) return
  const exited = once(leash, 'exit')
  leash.stdin?.end()
  await exited
}

async function newTab(context: BrowserContext): Promise<Tab> {
  const page = await context.newPage()
  await page.evaluateOnNewDocument(witness, { key: WITNESS, names: NAMES })
  await page.evaluateOnNewDocument(hook, KEY)
  return new FirefoxTab(context, page)
}

class FirefoxTab implements Tab {
  errors: ConsoleError[] = []
  received: ReceivedEvent[] = []
  isLost = false
  #context: BrowserContext
  #page: Page
  #lose = Promise.withResolvers<never>()
  #loads = 0

  constructor(context: BrowserContext, page: Page) {
    this.#context = context
    this.#page = page
    this.#lose.promise.catch(() => {}) // asked for by whoever waits, and perhaps by no one
    page.on('request', (request) => {
      const isLoad = request.isNavigationRequest() && request.frame() === page.mainFrame()
      if (isLoad && ++this.#loads > RELOADS) this.#lost(RELOADING)
    })
  }

  get url(): string {
    return this.#page.url()
  }

  async load(url: string): Promise<void> {
    await this.#page.bringToFront() // a tab behind another one draws nothing, and what is not drawn can not be clicked
    this.#loads = 0
    const loaded = this.#page.goto(url, { timeout: 0 }).then(() => true)
    if (await within(this.#untilLost(loaded), LOAD_MS)) return
    const sign = await within(
      this.#page.evaluate(() => true),
      SIGN_MS,
    )
    this.#lost(sign ? WAITING : BUSY)
    return this.#lose.promise
  }

  /** The function goes to the page together with the question what it has seen, and the answers come as one text. */
  async look<T, A>(look: (arg: A) => T, arg: A): Promise<T> {
    const both = `[(${look})(${JSON.stringify(arg)}), (${testify})(${JSON.stringify(WITNESS)})]`
    const answer = (await this.#answer(this.#page.evaluate(`JSON.stringify(${both})`))) as string
    const [seen, { errors, received }] = JSON.parse(answer) as [T, Testimony]
    this.errors = errors
    this.received = received
    return seen
  }

  run<T, A>(work: (arg: A) => T | Promise<T>, arg: A): Promise<T> {
    return this.#page.evaluate(work as (arg: unknown) => T, arg) as Promise<T>
  }

  async catchUp(): Promise<void> {
    await this.look(() => 0, 0)
  }

  async runFirst(source: string): Promise<() => Promise<void>> {
    const { identifier } = await this.#page.evaluateOnNewDocument(source)
    return () => this.#page.removeScriptToEvaluateOnNewDocument(identifier)
  }

  /** Firefox keeps no page that has a stream. What others do with one that they keep is done to this one as well. */
  async leaveAndReturn(url: string): Promise<void> {
    await this.#page.goto(url, { timeout: LOAD_MS })
    await this.#page.goBack({ timeout: LOAD_MS })
    await this.#page.evaluate(keepAndShow)
  }

  async count(selector: string): Promise<number> {
    return (await this.#page.$$(selector)).length
  }

  async fill(selector: string, text: string, ms: number): Promise<void> {
    await this.#page.locator(selector).setTimeout(ms).fill(text)
  }

  async pressEnter(selector: string, ms: number): Promise<void> {
    const field = await this.#page.waitForSelector(selector, { timeout: ms })
    await field?.press('Enter')
  }

  async click(selector: string, ms: number): Promise<void> {
    await this.#page.locator(selector).setTimeout(ms).click()
  }

  close(): Promise<void> {
    return this.#context.close()
  }

  /** What a page answers that lives. */
  async #answer<T>(work: Promise<T>): Promise<T> {
    this.#loads = 0
    const answered = await within(this.#untilLost(work.then((answer) => ({ answer }))), ANSWER_MS)
    if (answered) return answered.answer
    this.#lost(BUSY)
    return this.#lose.promise
  }

  async #untilLost<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([work, this.#lose.promise])
    } catch (error) {
      if (!this.isLost && /crash|closed/i.test(String(error))) this.#lost(CRASHED)
      if (this.isLost) return await this.#lose.promise
      throw error
    }
  }

  #lost(report: Report): void {
    this.isLost = true
    this.#lose.reject(new Fail(report))
  }
}
