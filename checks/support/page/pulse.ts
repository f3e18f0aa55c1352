/**
 * Whether a page in Chromium still lives. A page that is busy for ever, or loads again for ever, answers nothing: what is asked of it
 * would wait as long. A busy machine makes a page slow as well, so it is not time that is counted, but what the page does.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { CDPSession } from 'playwright-core'
import { Fail, type Report } from '../failure.ts'
import { BUSY, CRASHED, RELOADING, WAITING } from './lost.ts'
import { RELOADS } from './tab.ts'

/** Milliseconds between two looks at the browser's processes. */
const LOOK_MS = 250

/** What a page may compute before it answers, in seconds of a processor. A learner's page needs a tenth. */
const BUSY_S = 3

/** A page that does not load, while nothing arrives and nothing is computed, waits in vain after so many milliseconds. */
const IDLE_MS = 4500

/** In so many milliseconds without anything to do, a browser computes less than this, in seconds of a processor. */
const IDLE_S = 0.05

/** What CDP tells of the browser's processes: `cpuTime` in seconds. */
interface ProcessInfo {
  type: string
  cpuTime: number
}

export class Pulse {
  /** The page will answer nothing more. */
  isLost = false
  #browser: CDPSession
  #loads = 0
  #lastNews = 0
  #lose = Promise.withResolvers<never>()

  /** @param browser a session with the browser itself, which answers also when the page does not */
  constructor(browser: CDPSession, page: CDPSession) {
    this.#browser = browser
    this.#lose.promise.catch(() => {}) // asked for by whoever waits, and perhaps by no one
    page.on('Runtime.executionContextsCleared', () => this.#noteLoad())
    page.on('Network.dataReceived', () => this.#noteNews())
    page.on('Network.requestWillBeSent', () => this.#noteNews())
  }

  /**
   * What `work` resolves to. Throws `Fail` when the page can't do it any more: it computes without end, loads again
   * without end, has crashed, or, while it `isLoading`, waits for what never comes.
   */
  async during<T>(work: Promise<T>, isLoading = false): Promise<T> {
    const done = new AbortController()
    this.#loads = 0
    this.#noteNews()
    void this.#watch(isLoading, done.signal)
    try {
      return await Promise.race([work, this.#lose.promise])
    } catch (error) {
      // What was under way when a page crashed may tell of it first.
      if (!this.isLost && /\bcrashed\b/i.test(String(error))) this.#lost(CRASHED)
      if (this.isLost) return await this.#lose.promise
      throw error
    } finally {
      done.abort()
    }
  }

  async #watch(isLoading: boolean, done: AbortSignal): Promise<void> {
    let first: number | undefined
    let last = 0
    // Most pages have answered before the first look.
    while (await waited(LOOK_MS, done)) {
      const seconds = await this.#computed()
      if (seconds === undefined || done.aborted) return
      first ??= seconds
      if (seconds - first > BUSY_S) return this.#lost(BUSY)
      if (seconds - last > IDLE_S) {
        last = seconds
        this.#noteNews()
      }
      if (isLoading && performance.now() - this.#lastNews > IDLE_MS) return this.#lost(WAITING)
    }
  }

  /** What the pages of the browser have computed so far, in seconds of a processor. Undefined when it has gone. */
  async #computed(): Promise<number | undefined> {
    const answer = await this.#browser.send('SystemInfo.getProcessInfo').catch(() => undefined)
    const pages = (answer?.processInfo as ProcessInfo[] | undefined)?.filter(
      ({ type }) => type === 'renderer',
    )
    return pages?.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
  }

  #noteLoad(): void {
    this.#noteNews()
    if (++this.#loads > RELOADS) this.#lost(RELOADING)
  }

  #noteNews(): void {
    this.#lastNews = performance.now()
  }

  #lost(report: Report): void {
    this.isLost = true
    this.#lose.reject(new Fail(report))
  }
}

/** Whether `ms` milliseconds passed before the signal came. */
function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  return delay(ms, true, { signal }).catch(() => false)
}
