/** An answer of the model to a client of our own, which can stop it, and then sees whether the model has stopped as well. */
import { setTimeout as delay } from 'node:timers/promises'
import { connect } from '../../checks/support/client/client.ts'
import type { Exchange } from '../../checks/support/client/exchange.ts'
import type { LearnerServer } from '../../checks/support/server/server.ts'
import { eventsOf } from '../../checks/support/traffic/events.ts'
import { KEPT_BYTES, type Received, shownBytes } from '../terminal/received.ts'
import { OWN_AGENT } from './observer.ts'

/** How long the head of an answer may take, and a model to stop, in milliseconds. */
const HEAD_MS = 3000
const STOP_MS = 1000

/** Milliseconds between two looks at the model. */
const LOOK_MS = 50

const BODY = '{"prompt":"Tell the room a story"}'

export interface AnswerOptions {
  /** Where pages find the server. */
  origin: string
  server: LearnerServer
  /** Milliseconds between two tokens: the timer of a model that works. */
  tokenMs: number
  onChange: () => void
}

export class Answer implements Disposable {
  readonly episode: Received = {
    head: `POST /completions ${BODY}`,
    isStream: true,
    bytes: new Uint8Array(),
  }
  #options: AnswerOptions
  #exchange?: Exchange
  #isStopped = false
  #over = new AbortController()

  /** Asks, and shows what comes. */
  constructor(options: AnswerOptions) {
    this.#options = options
    void this.#read().catch(() => this.#end('there is no connection'))
  }

  get isOver(): boolean {
    return this.episode.over !== undefined
  }

  /** Resets the stream, as a browser does whose request is aborted. */
  stop(): void {
    this.#isStopped = true
    this.#exchange?.reset()
  }

  [Symbol.dispose](): void {
    this.#options.onChange = () => {}
    this.#over.abort()
  }

  async #read(): Promise<void> {
    const { origin, onChange } = this.#options
    await using client = await connect(origin, { signal: this.#over.signal })
    const path = { ':method': 'POST', ':path': '/completions' }
    const exchange = client.request(
      { ...path, 'content-type': 'application/json', 'user-agent': OWN_AGENT },
      BODY,
    )
    this.#exchange = exchange
    const head = await exchange.headWithin(HEAD_MS)
    this.episode.head += ` → ${head?.status ?? 'no answer'} ${head?.headers['content-type'] ?? ''}`
    exchange.keep = KEPT_BYTES
    exchange.eachChunk(() => {
      this.episode.bytes = shownBytes(exchange)
      onChange()
    })
    await exchange.done
    this.#end(await this.#fate(exchange))
  }

  async #fate(exchange: Exchange): Promise<string> {
    if (this.#isStopped) {
      return `reset by the client: the model ${(await this.#works()) ? 'works on' : 'has stopped, too'}`
    }
    if (!exchange.ended) return 'the connection is gone'
    const isWhole = eventsOf(exchange).at(-1)?.data === '[DONE]'
    return isWhole ? 'the answer is whole' : 'the answer has ended without [DONE]'
  }

  /** Whether the model makes the next token, and goes on doing so. */
  async #works(): Promise<boolean> {
    const { server, tokenMs } = this.#options
    const isBusy = async () => (await server.timers()).some(({ ms }) => ms === tokenMs)
    for (const end = performance.now() + STOP_MS; performance.now() < end; await delay(LOOK_MS)) {
      if (!(await isBusy())) return false
    }
    return true
  }

  #end(over: string): void {
    this.episode.over = over
    this.#options.onChange()
  }
}
