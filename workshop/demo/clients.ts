/** Our own clients of one server: the one on the screen, and those that are there to show what the server can do. */

import { hasStream, type LessonManifest } from '../../checks/manifest.ts'
import { connect } from '../../checks/support/client/client.ts'
import type { LearnerServer } from '../../checks/support/server/server.ts'
import { sendMessage } from '../../checks/support/traffic/messages.ts'
import type { Received } from '../terminal/received.ts'
import { demoEnv, hasReplay } from './abilities.ts'
import { Answer } from './answer.ts'
import { DeadClient, type DeadClientSight } from './dead-client.ts'
import { FrozenClient } from './frozen-client.ts'
import { Observer } from './observer.ts'
import type { DemoState } from './state.ts'
import { Witness } from './witness.ts'

/** How long a server may take to answer a message, in milliseconds. */
const ANSWER_MS = 3000

export interface ClientsOptions {
  lesson: LessonManifest
  /** Where pages find it: connections to there can be cut. */
  origin: string
  server: LearnerServer
  /** To which messages are sent; in most lessons the same. */
  other: LearnerServer
  onChange: () => void
}

export class Clients implements Disposable {
  #options: ClientsOptions
  #observer: Observer
  #witness?: Witness
  #dead?: DeadClient
  #frozen?: FrozenClient
  #answer?: Answer
  #sent = 0
  #stop = new AbortController()

  constructor(options: ClientsOptions) {
    const { lesson, origin, other, onChange } = options
    this.#options = options
    this.#witness = hasReplay(lesson) ? new Witness(other.origin) : undefined
    // Where there is no event stream yet, the page is looked at instead.
    this.#observer = new Observer(origin, hasStream(lesson) ? '/events' : '/', onChange, this.#witness)
  }

  /** What came to the screen, one entry a connection. */
  get episodes(): Received[] {
    return this.#observer.episodes.map((episode) => ({ ...episode }))
  }

  get dead(): DeadClientSight | undefined {
    return this.#dead && { ...this.#dead.sight }
  }

  /** An answer of the model is on its way. */
  get isAnswering(): boolean {
    return this.#answer !== undefined && !this.#answer.isOver
  }

  get frozen(): DemoState['frozen'] {
    return this.#frozen && { ...this.#frozen.sight, isBusy: this.#frozen.isBusy }
  }

  /** From now on it is another process. The client on the screen finds it by itself. */
  moveTo(server: LearnerServer, other: LearnerServer): void {
    Object.assign(this.#options, { server, other })
    this.#frozen?.[Symbol.dispose]()
    this.#frozen = undefined
    this.#witness?.[Symbol.dispose]()
    this.#witness = new Witness(other.origin)
    this.#observer.witness = this.#witness
  }

  /**
   * Sends the next message. It gets there while others are cut off, or slow.
   *
   * @param origin whose page sends it; without one it is no page's
   * @returns the status of the answer; undefined without one
   */
  async send(origin?: string): Promise<number | undefined> {
    try {
      await using client = await connect(this.#options.other.origin, { signal: this.#stop.signal })
      const exchange = sendMessage(client, this.#nextText(), origin ? { origin } : {})
      return (await exchange.headWithin(ANSWER_MS))?.status
    } catch {
      return undefined // another lesson's server takes its place just now
    }
  }

  /** Opens a client that answers no PING, unless there is one. */
  async openDead(): Promise<void> {
    const { server, onChange } = this.#options
    const dead = await DeadClient.open(server.origin, onChange, this.#stop.signal).catch(() => undefined)
    if (this.#dead?.isOpen) return dead?.[Symbol.dispose]() // the key was pressed twice
    this.#dead = dead
    onChange()
  }

  /** Opens a client that does not read, in the place of the last one. */
  freeze(): void {
    this.#frozen?.[Symbol.dispose]()
    const { server, onChange } = this.#options
    this.#frozen = new FrozenClient({ server, onChange, nextText: () => this.#nextText() })
  }

  /** Asks the model, or stops the answer that is on its way. */
  askOrStop(): void {
    if (this.isAnswering) this.#answer?.stop()
    else this.#ask()
  }

  [Symbol.dispose](): void {
    this.#stop.abort()
    this.#observer[Symbol.dispose]()
    this.#witness?.[Symbol.dispose]()
    this.#answer?.[Symbol.dispose]()
    this.#answer = undefined
    this.#dead?.[Symbol.dispose]()
    this.#dead = undefined
    this.#frozen?.[Symbol.dispose]()
    this.#frozen = undefined
  }

  #ask(): void {
    const { lesson, origin, server, onChange } = this.#options
    this.#answer = new Answer({ origin, server, tokenMs: Number(demoEnv(lesson).TOKEN_MS), onChange })
    this.#observer.add(this.#answer.episode)
  }

  #nextText(): string {
    return `Message ${++this.#sent}`
  }
}
