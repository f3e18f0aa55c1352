/** A real EventSource, with this page as its server: the element around components/RealSource.astro. */
import { say, seconds } from '../lib/say.ts'
import { readAnswer } from '../playground/answer.ts'
import { CUT_BYTES } from '../playground/pieces.ts'
import { readEvents, readStream } from '../playground/stream.ts'
import { logView, standingView } from './log-view.ts'
import { obstacle, serve } from './server.ts'
import { SourceLog } from './source-log.ts'
import { type Plan, StreamServer } from './stream-server.ts'

export class RealSource extends HTMLElement {
  /** What the server is to send; set by the playground. */
  plan: () => Promise<Plan> = () => Promise.reject(new Error('nothing to send'))
  readonly #log = new SourceLog(() => this.#changed())
  readonly #server = new StreamServer(
    async () => {
      const plan = await this.plan()
      this.#listenFor(plan.bytes)
      return plan
    },
    {
      asked: ({ headers }) => {
        const id = new Headers(headers).get('last-event-id')
        this.#log.add(
          'browser',
          say(id === null ? 'log.asks' : 'log.asksWithId'),
          { sent: 0 },
          id ?? undefined,
        )
      },
      answered: ({ status, headers }) => {
        const type = new Headers(headers).get('content-type')
        const said =
          type === null ? say('log.answers', { status }) : say('log.answersWithType', { status, type })
        this.#log.add('server', said)
      },
      sent: (piece, sent) => this.#log.add('server', say('log.sends'), { sent }, piece),
      left: () => this.#log.add('browser', say('log.left')),
    },
  )
  #source: EventSource | undefined
  #types = new Set<string>()
  #address: Promise<string> | undefined
  /** Whether a frame is asked for already, in which what changed is drawn. */
  #isDrawing = false

  connectedCallback(): void {
    const why = obstacle()
    if (why !== undefined) {
      this.#refuse(why)
      return
    }
    this.#button('open').addEventListener('click', () => void this.#open())
    this.#button('close').addEventListener('click', () => this.#close())
    this.#button('end').addEventListener('click', () => {
      this.#log.add('server', say('log.breaks'))
      this.#server.end()
    })
    this.#button('away').addEventListener('click', ({ currentTarget: button }) => {
      this.#server.isAway = !this.#server.isAway
      ;(button as HTMLElement).setAttribute('aria-pressed', String(this.#server.isAway))
    })
    this.#range('pace').addEventListener('input', () => this.#setPace())
    this.#range('time').addEventListener('input', () => this.#draw())
    this.#setPace()
    this.#draw()
    this.classList.add('ready')
  }

  disconnectedCallback(): void {
    this.#source?.close()
  }

  async #open(): Promise<void> {
    this.#source?.close()
    try {
      this.#address ??= serve('stream', (asked, answer) => void this.#server.answer(asked, answer))
      const url = `${await this.#address}/events`
      this.#listenTo(new EventSource(url))
    } catch (error) {
      this.#refuse(say('worker.refused', { error: (error as Error).message }))
    }
  }

  #listenTo(source: EventSource): void {
    this.#source = source
    this.#types.clear()
    this.#log.begin()
    this.#log.add('page', say('log.makes'), { readyState: source.readyState })
    source.addEventListener('open', (event) => {
      // A stream can name its own events so.
      if (!(event instanceof MessageEvent))
        this.#log.add('browser', say('log.opens'), { readyState: source.readyState })
    })
    source.addEventListener('error', (event) => {
      if (event instanceof MessageEvent) return
      const { readyState } = source
      this.#log.add('browser', say(readyState === 2 ? 'log.gaveUp' : 'log.comesBack'), { readyState })
    })
    this.#hear('message')
  }

  /** Listens for every name that the stream uses. */
  #listenFor(bytes: Uint8Array): void {
    const { body } = readAnswer(bytes)
    for (const { type } of readEvents(readStream(body.subarray(0, CUT_BYTES)))) this.#hear(type)
  }

  #hear(type: string): void {
    if (this.#types.has(type)) return
    this.#types.add(type)
    this.#source?.addEventListener(type, (event) => {
      if (!(event instanceof MessageEvent)) return
      const { heard } = this.#log.now
      this.#log.add(
        'browser',
        say('log.event', { type }),
        { heard: heard + 1, lastEventId: event.lastEventId },
        event.data,
      )
    })
  }

  #close(): void {
    this.#source?.close()
    this.#log.add('page', say('log.closes'), { readyState: this.#source?.readyState })
  }

  /** Follows what happens, unless somebody looks back. */
  #changed(): void {
    const time = this.#range('time')
    const isLive = time.value === time.max
    time.max = String(Math.max(0, this.#log.entries.length - 1))
    if (isLive) time.value = time.max
    if (this.#isDrawing) return
    this.#isDrawing = true
    requestAnimationFrame(() => {
      this.#isDrawing = false
      this.#draw()
    })
  }

  #draw(): void {
    const { entries, now } = this.#log
    const time = this.#range('time')
    const index = Number(time.value)
    const isLive = time.value === time.max
    const entry = entries[index]
    time.disabled = entries.length === 0
    const at = isLive ? say('log.now') : say('log.after', { seconds: seconds(entry?.ms ?? 0) })
    time.setAttribute('aria-valuetext', at)
    this.#part('.rs-standing').innerHTML = standingView(isLive ? now : (entry?.after ?? now))
    const log = this.#part('.rs-log')
    log.innerHTML = logView(entries, index)
    log.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
    const isOpen = now.readyState !== undefined && now.readyState !== 2
    for (const name of ['end', 'close']) this.#button(name).disabled = !isOpen
  }

  #setPace(): void {
    const pace = this.#range('pace')
    this.#server.pace = Number(pace.value)
    pace.setAttribute('aria-valuetext', say('log.pace', { count: Number(pace.value) }))
    this.#part('.rs-pace').textContent = pace.value
  }

  #refuse(why: string): void {
    this.#part('.rs-obstacle').textContent = why
    this.classList.add('refused')
  }

  #button(name: string): HTMLButtonElement {
    return this.#part(`button[data-do=${name}]`) as HTMLButtonElement
  }

  #range(name: string): HTMLInputElement {
    return this.#part(`input[name=${name}]`) as HTMLInputElement
  }

  #part(selector: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(selector)
    if (!part) throw new Error(`The playground has no ${selector}`)
    return part
  }
}

customElements.define('real-source', RealSource)
