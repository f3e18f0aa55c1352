/** Lesson 5 in a page: an editor for `page.js`, the page that it makes, and its checks. See components/LessonDesk.astro. */
import type { CheckManifest } from '../../../checks/manifest.ts'
import { say } from '../lib/say.ts'
import { showCheck } from '../live/check-item.ts'
import { CHECKED, checkPage } from './check-page.ts'
import type { CodeEditor } from './code-editor.ts'
import { FrameSource } from './frame-source.ts'
import { keep, kept, noteRun } from './kept-code.ts'
import { obstacle, serve } from './server.ts'

/** After so many milliseconds without a key. */
const QUIET_MS = 600

/** What stands in the page for this element: the lesson's own files and words. */
interface Given {
  page: string
  style: string
  starter: string
  words: Record<string, CheckManifest>
}

class LessonDesk extends HTMLElement {
  readonly #given: Given = JSON.parse(this.#part('script[data-given]').textContent ?? '')
  #editor: CodeEditor | undefined
  #quiet: ReturnType<typeof setTimeout> | undefined
  #run = new AbortController()
  /** The end of the run before: two of them would use one frame. */
  #last = Promise.resolve()
  #clock: ReturnType<typeof setInterval> | undefined
  /** The server of the page that is shown. */
  readonly #source = new FrameSource((path) => (path === '/' ? this.#given.page : this.#files[path]))

  connectedCallback(): void {
    const why = obstacle()
    if (why !== undefined) {
      this.#refuse(why)
      return
    }
    void this.#begin()
  }

  disconnectedCallback(): void {
    this.#run.abort()
    clearInterval(this.#clock)
  }

  async #begin(): Promise<void> {
    const { code, isUnfinished } = kept()
    const { editCode } = await import('./code-editor.ts')
    this.#editor = editCode(this.#part('.ld-editor'), code ?? this.#given.starter, 'page.js', () =>
      this.#changed(),
    )
    this.#button('check').addEventListener('click', () => void this.#check())
    this.#button('starter').addEventListener('click', () => this.#editor?.replace(this.#given.starter))
    this.#button('cut').addEventListener('click', () => this.#source.cut())
    this.#button('away').addEventListener('click', ({ currentTarget }) =>
      this.#toggleAway(currentTarget as HTMLElement),
    )
    this.#clock = setInterval(() => this.#source.send(new Date().toISOString()), 1000)
    this.classList.add('ready')
    // What never came to its end would end this page again.
    if (isUnfinished) this.#say(say('checking.unfinished'))
    else await this.#check()
  }

  #changed(): void {
    keep(this.#editor?.text ?? '')
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => void this.#check(), QUIET_MS)
  }

  /** Shows the page anew, and checks it. A run that goes on is left. */
  #check(): Promise<void> {
    this.#run.abort()
    const run = new AbortController()
    this.#run = run
    this.#last = this.#last.then(() => (run.signal.aborted ? undefined : this.#perform(run.signal)))
    return this.#last
  }

  async #perform(signal: AbortSignal): Promise<void> {
    noteRun(true)
    for (const name of CHECKED)
      showCheck({ id: `05-client-page/${name}`, says: '', state: 'not-reached', ms: 0 })
    this.#say(say('checking.now'))
    try {
      const frame = this.#part('iframe.ld-shown') as HTMLIFrameElement
      frame.src = `${await serve('page', (asked, answer) => this.#source.answer(asked, answer))}/`
      const files = { page: this.#given.page, files: this.#files }
      const options = {
        frame: this.#part('iframe.ld-checked') as HTMLIFrameElement,
        words: this.#given.words,
        signal,
      }
      let failed = ''
      let passed = 0
      for await (const result of checkPage(files, options)) {
        if (signal.aborted) return
        showCheck(result)
        if (result.state === 'passed') passed++
        else failed = result.says
      }
      const counts = { done: passed, count: CHECKED.length }
      this.#say(failed ? say('checking.failed', { ...counts, says: failed }) : say('checking.passed', counts))
    } catch (error) {
      if (signal.aborted) return
      this.#refuse(say('worker.refused', { error: (error as Error).message }))
    }
    noteRun(false)
  }

  get #files(): Record<string, string> {
    return { '/page.css': this.#given.style, '/page.js': this.#editor?.text ?? '' }
  }

  #toggleAway(button: HTMLElement): void {
    const isAway = button.getAttribute('aria-pressed') !== 'true'
    button.setAttribute('aria-pressed', String(isAway))
    this.#source.mode = isAway ? { status: 503 } : 'open'
  }

  #say(words: string): void {
    this.#part('.ld-words').textContent = words
  }

  #refuse(why: string): void {
    this.#part('.ld-obstacle').textContent = why
    this.classList.add('refused')
  }

  #button(name: string): HTMLElement {
    return this.#part(`button[data-do=${name}]`)
  }

  #part(selector: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(selector)
    if (!part) throw new Error(`The desk has no ${selector}`)
    return part
  }
}

customElements.define('lesson-desk', LessonDesk)
