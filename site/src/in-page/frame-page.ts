/** A page in a frame, looked at as the checks look at one in a browser of theirs. */
import type { SeenPage } from '../../../checks/05-client-page/page-checks.ts'
import {
  AHEAD_MS,
  hook,
  hurry,
  KEY,
  look,
  lookOptions,
  type PageSight,
  SPEED,
  wait,
} from '../../../checks/support/page/hook.ts'
import type { PageError } from '../../../checks/support/page/page.ts'
import type { ConsoleError } from '../../../checks/support/page/tab.ts'
import { testify, WITNESS, witness } from '../../../checks/support/page/witness.ts'

/** Milliseconds between two looks at a page, and how long something may take to be seen. */
const LOOK_MS = 25
const PATIENCE_MS = 5000

export class FramePage implements SeenPage {
  readonly #frame: HTMLIFrameElement
  readonly #signal: AbortSignal

  /** @param signal ends every wait for something that is to be seen */
  constructor(frame: HTMLIFrameElement, signal: AbortSignal) {
    this.#frame = frame
    this.#signal = signal
  }

  /** Shows the page at an address of this site, and waits until it has loaded. */
  async open(address: string): Promise<void> {
    await new Promise((resolve) => {
      this.#frame.addEventListener('load', resolve, { once: true })
      this.#frame.src = address
    })
  }

  get errors(): PageError[] {
    return this.#run(testify, WITNESS).errors.map(placed)
  }

  async look(): Promise<PageSight> {
    this.#signal.throwIfAborted()
    return this.#run(look, lookOptions)
  }

  async until(
    test: (sight: PageSight) => boolean,
    ms = PATIENCE_MS,
  ): Promise<{ met: boolean; sight: PageSight }> {
    const end = performance.now() + ms
    for (;;) {
      const sight = await this.look()
      const met = test(sight)
      if (met || performance.now() > end) return { met, sight }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  }

  /** What a frame reports is there at once. */
  async catchUp(): Promise<void> {}

  async runAhead(): Promise<void> {
    await this.#run(wait, AHEAD_MS)
  }

  /** Runs a function of the checks as the page's own, with its timers and its document. */
  #run<Given, Answer>(task: (given: Given) => Answer, given: Given): Answer {
    const { eval: evaluate } = this.#frame.contentWindow as Window & typeof globalThis
    return evaluate(`(${task})`)(given)
  }
}

/** A page with what the checks have to put in front of its own scripts. */
export function watched(page: string, isHurried: boolean): string {
  const scripts = [`(${hook})('${KEY}')`, `(${witness})(${JSON.stringify({ key: WITNESS, names: [] })})`]
  if (isHurried) scripts.push(`(${hurry})(${SPEED})`)
  return page.replace(/<head>/i, `$&<script>${scripts.join(';')}</script>`)
}

/** The page's own script, where an error stands in it. */
function placed(error: ConsoleError): PageError {
  const { url = '', line } = error
  return url.endsWith('/page.js') && line !== undefined ? { ...error, at: { file: 'page.js', line } } : error
}
