/** Our own clients of one server: the one on the screen, and those that are there to show what the server can do. */

import { hasStream, type LessonManifest } from '../../checks/manifest.ts'
import { connect } from '../../checks/support/client/client.ts'
import { sendMessage } from '../../checks/support/traffic/messages.ts'
import type { Received } from '../terminal/received.ts'
import { hasReplay } from './abilities.ts'
import { DeadClient, type DeadClientSight } from './dead-client.ts'
import { Observer } from './observer.ts'
import { Witness } from './witness.ts'

/** How long a server may take to answer a message, in milliseconds. */
const ANSWER_MS = 3000

export interface ClientsOptions {
  lesson: LessonManifest
  /** Where pages find it: connections to there can be cut. */
  origin: string
  /** Where the server itself is. */
  server: string
  onChange: () => void
}

export class Clients implements Disposable {
  #options: ClientsOptions
  #observer: Observer
  #witness?: Witness
  #dead?: DeadClient
  #stop = new AbortController()

  constructor(options: ClientsOptions) {
    const { lesson, origin, server, onChange } = options
    this.#options = options
    this.#witness = hasReplay(lesson) ? new Witness(server) : undefined
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

  /** Answers the status of the answer; undefined without one. It gets there while others are cut off, or slow. */
  async send(message: string): Promise<number | undefined> {
    try {
      await using client = await connect(this.#options.server, { signal: this.#stop.signal })
      return (await sendMessage(client, message).headWithin(ANSWER_MS))?.status
    } catch {
      return undefined // another lesson's server takes its place just now
    }
  }

  /** Opens a client that answers no PING, unless there is one. */
  async openDead(): Promise<void> {
    const { server, onChange } = this.#options
    const dead = await DeadClient.open(server, onChange, this.#stop.signal).catch(() => undefined)
    if (this.#dead?.isOpen) return dead?.[Symbol.dispose]() // the key was pressed twice
    this.#dead = dead
    onChange()
  }

  [Symbol.dispose](): void {
    this.#stop.abort()
    this.#observer[Symbol.dispose]()
    this.#witness?.[Symbol.dispose]()
    this.#dead?.[Symbol.dispose]()
    this.#dead = undefined
  }
}
