/** The learner's page in a real browser: what it shows, what it opened, and what went wrong in it. */
import { existsSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Place } from '../../verdict.ts'
import { Fail } from '../failure.ts'
import type { CheckContext } from '../subject.ts'
import { within } from '../waiting.ts'
import { cureOf, type PageCure } from './cures.ts'
import { AHEAD_MS, closeAll, hurry, KEY, look, lookOptions, type PageSight, SPEED, wait } from './hook.ts'
import type { ConsoleError, ReceivedEvent, Tab } from './tab.ts'

/** Milliseconds between two looks at a page. */
const LOOK_MS = 25

/** What a page does not do within this many milliseconds, it does not do. */
const PATIENCE_MS = 5000

/** As many looks it gets in any case. Under load a look takes its time, and so does what is waited for. */
const LOOKS = 200

/** What sends a form; not what stops an answer, which may stand in it as well. */
const BUTTON = ':is(button, input):is([type="submit"], button:not([type])):not(#stop)'

export interface OpenOptions {
  /** The page's timers fire early, so that nobody has to wait for what it puts off. */
  isHurried?: boolean
}

/** An error of the console, and where in the learner's code it is. */
export interface PageError extends ConsoleError {
  at?: Place
  /** Words for it, where it has words of its own. */
  cure?: PageCure
}

/** A tab that shows the page of one check after the other. Disposing of it ends a check's use of it. */
export class LearnerPage implements AsyncDisposable {
  #tab: Tab
  #context?: CheckContext
  /** Ends the hurry of the pages that come. */
  #calm?: () => Promise<void>

  constructor(tab: Tab) {
    this.#tab = tab
  }

  /** Errors of the console since the page was opened, uncaught ones included; not that there is no `/favicon.ico`. */
  get errors(): PageError[] {
    return this.#tab.errors.filter(({ url }) => !isIcon(url)).map((error) => this.#placed(error))
  }

  /** What its EventSources received, in order. */
  get received(): readonly ReceivedEvent[] {
    return this.#tab.received
  }

  /** The page answers nothing more, and neither does its tab. */
  get isLost(): boolean {
    return this.#tab.isLost
  }

  /** Shows the page at `origin`, and waits until it has loaded. Throws when the browser can't show it. */
  async open(context: CheckContext, origin: string, { isHurried = false }: OpenOptions = {}): Promise<void> {
    context.signal.throwIfAborted()
    this.#context = context
    await this.#setPace(isHurried)
    try {
      await this.#tab.load(`${origin}/`)
    } catch (error) {
      if (error instanceof Fail) throw error
      throw new Error(`the browser could not load the page: ${firstLine(error)}`)
    }
    await this.catchUp()
  }

  look(): Promise<PageSight> {
    return this.#tab.look(look, lookOptions)
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
  catchUp(): Promise<void> {
    return this.#tab.catchUp()
  }

  /** Waits until a hurried page has done what its timers put off by no more than `AHEAD_MS`. */
  async runAhead(): Promise<void> {
    await within(this.#tab.run(wait, AHEAD_MS), PATIENCE_MS)
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
      await this.#tab.click('#stop', PATIENCE_MS)
      return true
    } catch {
      return false
    }
  }

  async #fill(form: string, input: string, text: string, how: 'enter' | 'button'): Promise<boolean> {
    const field = `${form} ${input}`
    const button = `${form} ${BUTTON}`
    try {
      await this.#tab.fill(field, text, PATIENCE_MS)
      if (how === 'button' && (await this.#tab.count(button)) > 0) await this.#tab.click(button, PATIENCE_MS)
      else await this.#tab.pressEnter(field, PATIENCE_MS)
      return true
    } catch {
      return false
    }
  }

  /** The path and the query that the page is at. */
  get place(): string {
    const { pathname, search } = new URL(this.#tab.url)
    return pathname + search
  }

  /** Leaves for another page, and comes back as the Back button does. */
  leaveAndReturn(url: string): Promise<void> {
    return this.#tab.leaveAndReturn(url)
  }

  /** Closes the tab. What the browser has stored for it, or for its servers, is forgotten. */
  close(): Promise<void> {
    return this.#tab.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.isLost) await this.#tab.run(closeAll, KEY).catch(() => {})
  }

  /** Holds from the next page on that is loaded. */
  async #setPace(isHurried: boolean): Promise<void> {
    if (isHurried) this.#calm ??= await this.#tab.runFirst(`(${hurry})(${SPEED})`)
    else await this.#calm?.()
    if (!isHurried) this.#calm = undefined
  }

  #placed({ text, url, line }: ConsoleError): PageError {
    const error: PageError = { text: firstLine(text), url, line }
    if (!this.#context) return error
    error.cure = cureOf(error, this.#context)
    error.at = error.cure?.at ?? (url && line !== undefined ? placeOf(this.#context, url, line) : undefined)
    return error
  }
}

/** Browsers ask for it by themselves, and no lesson has one. */
function isIcon(url = ''): boolean {
  return URL.canParse(url) && new URL(url).pathname === '/favicon.ico'
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
