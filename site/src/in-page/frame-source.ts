/** The server of a page in a frame: its files, and at `/events` a source that does what it is told. */
import type { DirectedSource } from '../../../checks/05-client-page/page-checks.ts'
import type { Mode } from '../../../checks/support/proxy/scripted.ts'
import type { Answer, Asked, Head } from './server.ts'

/** Milliseconds between two looks at whether what is waited for has come. */
const LOOK_MS = 20

/** How long it may take a page to ask again, in milliseconds. */
const LEAVE_MS = 8000

const encoder = new TextEncoder()

export class FrameSource implements DirectedSource {
  readonly origin = location.origin
  asked = 0
  #mode: Mode = 'open'
  readonly #file: (path: string) => string | undefined
  readonly #retry: number | undefined
  readonly #signal: AbortSignal | undefined
  readonly #open = new Set<Answer>()
  readonly #held = new Set<Answer>()

  /**
   * @param file what stands at a path, if there is something
   * @param options.retry the reconnection time that it asks for, in milliseconds; undefined leaves it to the browser
   * @param options.signal ends every wait
   */
  constructor(
    file: (path: string) => string | undefined,
    { retry, signal }: { retry?: number; signal?: AbortSignal } = {},
  ) {
    this.#file = file
    this.#retry = retry
    this.#signal = signal
  }

  get open(): number {
    return this.#open.size
  }

  get held(): number {
    return this.#held.size
  }

  set mode(mode: Mode) {
    this.#mode = mode
    const held = [...this.#held]
    this.#held.clear()
    for (const answer of held) this.#stream(answer)
  }

  /** To be given every request for this server. */
  answer({ path }: Asked, answer: Answer): void {
    if (path === '/events') {
      this.asked += 1
      this.#stream(answer)
      return
    }
    const text = this.#file(path)
    const [, ending = ''] = /\.(\w+)$/.exec(path) ?? []
    if (text === undefined) answer.respond(headOf(404, 'text/plain'))
    else answer.respond(headOf(200, TYPES[ending] ?? 'text/html; charset=utf-8'))
    answer.write(encoder.encode(text ?? 'There is nothing here.\n'))
    answer.end()
  }

  send(...data: string[]): void {
    const bytes = encoder.encode(data.map((each) => `data: ${each}\n\n`).join(''))
    for (const answer of this.#open) answer.write(bytes)
  }

  cut(): void {
    for (const answer of this.#open) answer.end()
    this.#open.clear()
  }

  /** A service worker can't refuse a connection: whoever asks gets no answer. */
  async leave(): Promise<void> {
    const { asked } = this
    this.mode = 'hold'
    this.cut()
    await this.until((now) => now.asked > asked, LEAVE_MS)
  }

  async until(test: (source: this) => boolean, ms: number): Promise<boolean> {
    const end = performance.now() + ms
    while (!test(this)) {
      this.#signal?.throwIfAborted()
      if (performance.now() > end) return false
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
    return true
  }

  #stream(answer: Answer): void {
    const mode = this.#mode
    if (typeof mode === 'object') {
      answer.respond(headOf(mode.status, 'text/plain'))
      answer.end()
      return
    }
    const answers = mode === 'hold' ? this.#held : this.#open
    answers.add(answer)
    answer.onleave = () => answers.delete(answer)
    if (mode === 'hold') return
    answer.respond(headOf(200, 'text/event-stream'))
    answer.write(encoder.encode(this.#retry === undefined ? ':\n\n' : `retry: ${this.#retry}\n\n`))
  }
}

const headOf = (status: number, type: string): Head => ({ status, headers: [['content-type', type]] })

const TYPES: Record<string, string> = { css: 'text/css', js: 'text/javascript' }
