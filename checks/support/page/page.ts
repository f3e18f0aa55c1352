/** The learner's page in a real browser: what it shows, what it opened, and what went wrong in it. */
import { existsSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'
import type { Place } from '../../verdict.ts'
import { Fail } from '../failure.ts'
import type { CheckContext } from '../subject.ts'
import { within } from '../waiting.ts'
import { AHEAD_MS, closeAll, hurry, KEY, look, lookOptions, type PageSight, SPEED, wait } from './hook.ts'
import type { Pulse } from './pulse.ts'

/** A page that has not loaded by then, in milliseconds, never will. */
const LOAD_MS = 15_000

/** Milliseconds between two looks at a page. */
const LOOK_MS = 25

/** What a page does not do within this many milliseconds, it does not do. */
const PATIENCE_MS = 5000

/** As many looks it gets in any case. Under load a look takes its time, and so does what is waited for. */
const LOOKS = 200

export interface OpenOptions {
  /** The page's timers fire early, so that nobody has to wait for what it puts off. */
  isHurried?: boolean
}

/** An error of the console. */
export interface PageError {
  text: string
  /** The address of the script, the page or another file that it names. */
  url?: string
  /** From 1. */
  line?: number
  at?: Place
}

/** An event that the browser took from the stream. */
export interface ReceivedEvent {
  type: string
  data: string
}

/** A tab that shows the page of one check after the other. Disposing of it ends a check's use of it. */
export class LearnerPage implements AsyncDisposable {
  /** Errors of the console since the page was opened, uncaught ones included; not that there is no `/favicon.ico`. */
  errors: PageError[] = []
  /** What its EventSources received, in order. */
  received: ReceivedEvent[] = []
  #tab: Page
  #cdp: CDPSession
  #pulse: Pulse
  #context?: CheckContext
  /** The script that hurries the page, as the browser names it. */
  #hurry?: string

  constructor(tab: Page, cdp: CDPSession, pulse: Pulse) {
    this.#tab = tab
    this.#cdp = cdp
    this.#pulse = pulse
    cdp.on('Runtime.executionContextsCleared', () => {
      this.errors = [] // what came until now is of the page before
      this.received = []
    })
    cdp.on(
      'Runtime.exceptionThrown',
      ({ exceptionDetails: { url, lineNumber, stackTrace, exception, text } }) => {
        const frame = stackTrace?.callFrames[0] // a script that can't be parsed has none
        this.#note(exception?.description ?? text, frame?.url ?? url, frame?.lineNumber ?? lineNumber)
      },
    )
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

  /** The page answers nothing more, and neither does its tab. */
  get isLost(): boolean {
    return this.#pulse.isLost
  }

  /** Shows the page at `origin`, and waits until it has loaded. Throws when the browser can't show it. */
  async open(context: CheckContext, origin: string, { isHurried = false }: OpenOptions = {}): Promise<void> {
    context.signal.throwIfAborted()
    this.#context = context
    await this.#setPace(isHurried)
    try {
      await this.#pulse.during(this.#tab.goto(`${origin}/`, { timeout: LOAD_MS }), true)
    } catch (error) {
      if (error instanceof Fail) throw error
      throw new Error(`the browser could not load the page: ${firstLine(error)}`)
    }
    await this.catchUp()
  }

  look(): Promise<PageSight> {
    return this.#pulse.during(this.#tab.evaluate(look, lookOptions))
  }

  /** Looks until `test` holds, or about `ms` milliseconds. Answers with the last look, and whether it held. */
  async until(
    test: (sight: PageSight) => boolean,
    ms = PATIENCE_MS,
  ): Promise<{ met: boolean; sight: PageSight }> {
    const end = performance.now() + ms
    for (let looks = 1; ; looks++) {
      const sight = await this.look()
      const met = test(sight)
      if (met || (performance.now() > end && looks >= LOOKS)) return { met, sight }
      await delay(LOOK_MS, undefined, { signal: this.#context?.signal })
    }
  }

  /** Waits until everything that the browser had to report by now has come. */
  async catchUp(): Promise<void> {
    await this.#pulse.during(this.#cdp.send('Runtime.evaluate', { expression: '0' }))
  }

  /** Waits until a hurried page has done what its timers put off by no more than `AHEAD_MS`. */
  async runAhead(): Promise<void> {
    await within(this.#tab.evaluate(wait, AHEAD_MS), PATIENCE_MS)
  }

  /** Writes `text` into the form's field, and sends it as people do. False when the page does not let them. */
  write(text: string, how: 'enter' | 'button'): Promise<boolean> {
    return this.#fill('form#send', 'input[name="text"]', text, how)
  }

  /** The same with a prompt, in the form `#ask`. */
  ask(prompt: string, how: 'enter' | 'button'): Promise<boolean> {
    return this.#fill('form#ask', ':is(input, textarea):not([type="submit"])', prompt, how)
  }

  /** Presses the button `#stop`. False when the page does not let people. */
  async pressStop(): Promise<boolean> {
    try {
      await this.#tab.locator('#stop').click({ timeout: PATIENCE_MS })
      return true
    } catch {
      return false
    }
  }

  async #fill(selector: string, input: string, text: string, how: 'enter' | 'button'): Promise<boolean> {
    const form = this.#tab.locator(selector)
    const field = form.locator(input).first()
    const button = form.locator(':is(button, input):is([type="submit"], button:not([type])):not(#stop)')
    const timeout = PATIENCE_MS
    try {
      await field.fill(text, { timeout })
      if (how === 'button' && (await button.count()) > 0) await button.first().click({ timeout })
      else await field.press('Enter', { timeout })
      return true
    } catch {
      return false
    }
  }

  /** The path and the query that the page is at. */
  get place(): string {
    const { pathname, search } = new URL(this.#tab.url())
    return pathname + search
  }

  /** Leaves for another page, and comes back as the Back button does. */
  async leaveAndReturn(url: string): Promise<void> {
    await this.#tab.goto(url, { timeout: LOAD_MS })
    await this.#tab.goBack({ timeout: LOAD_MS, waitUntil: 'commit' }) // a page that was kept does not load again
  }

  /** Closes the tab. What the browser has stored for it, or for its servers, is forgotten. */
  close(): Promise<void> {
    return this.#tab.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.isLost) await this.#tab.evaluate(closeAll, KEY).catch(() => {})
  }

  /** Holds from the next page on that is loaded. */
  async #setPace(isHurried: boolean): Promise<void> {
    if (isHurried === (this.#hurry !== undefined)) return
    if (this.#hurry === undefined) {
      const source = `(${hurry})(${SPEED})`
      const { identifier } = await this.#cdp.send('Page.addScriptToEvaluateOnNewDocument', { source })
      this.#hurry = identifier
    } else {
      await this.#cdp.send('Page.removeScriptToEvaluateOnNewDocument', { identifier: this.#hurry })
      this.#hurry = undefined
    }
  }

  /** `line` counts from 0, as the browser's protocol does. */
  #note(text: string, url?: string, line?: number): void {
    if (url && URL.canParse(url) && new URL(url).pathname === '/favicon.ico') return
    const error: PageError = { text: firstLine(text), url: url || undefined }
    if (line !== undefined) error.line = line + 1
    if (this.#context && url && line !== undefined) error.at = placeOf(this.#context, url, line + 1)
    this.errors.push(error)
  }
}

/**
 * The learner's file behind an address, if it is one: `/` is `page.html`, others have their own names. Where the types
 * were taken out of one, its lines are still the same.
 */
function placeOf({ folder, root }: CheckContext, url: string, line: number): Place | undefined {
  if (folder === '' || !URL.canParse(url)) return undefined
  const { pathname } = new URL(url)
  const name = pathname === '/' ? 'page.html' : posix.basename(pathname)
  const files = [name, name.replace(/\.js$/, '.ts')].map((each) => join(folder, each))
  const file = files.find((each) => existsSync(each))
  return file === undefined ? undefined : { file: relative(root, file).replaceAll(sep, '/'), line }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return (text.split('\n')[0] ?? '').slice(0, 300)
}
