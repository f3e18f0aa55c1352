/** A client of our own that does what a browser's EventSource does, and keeps what it received. */
import { type Connection, EventSourceClient } from '../../checks/support/client/event-source.ts'
import { KEPT_BYTES, type Received, shownBytes } from '../terminal/received.ts'
import type { Witness } from './witness.ts'

/** By this `user-agent` the screen knows its own connection. */
export const OWN_AGENT = 'npm-run-demo'

/** How many connections, one after the other, are kept in view. */
const KEPT = 3

export class Observer implements Disposable {
  /** One entry a connection, the newest last. */
  readonly episodes: Received[] = []
  #source: EventSourceClient
  /** Knows what was missed. */
  witness?: Witness
  #path: string
  #onChange: () => void
  #stop = new AbortController()

  /**
   * @param path `/events`; a lesson without a stream has another page to look at
   */
  constructor(origin: string, path: string, onChange: () => void, witness?: Witness) {
    this.#source = new EventSourceClient(origin, path, { 'user-agent': OWN_AGENT })
    this.#path = path
    this.#onChange = onChange
    this.witness = witness
    void this.#follow()
  }

  [Symbol.dispose](): void {
    this.#stop.abort()
    this.episodes.length = 0 // what came from one server is not shown as another one's
  }

  /** Shows what came of another request, behind all that has begun before. */
  add(episode: Received): void {
    this.episodes.push(episode)
    this.episodes.splice(0, this.episodes.length - KEPT)
    this.#onChange()
  }

  async #follow(): Promise<void> {
    for await (const connection of this.#source.connections(this.#stop.signal)) await this.#show(connection)
  }

  /** Shows a connection for as long as it lasts. */
  async #show({ exchange, head, isStream, lastEventId }: Connection): Promise<void> {
    const asked = `GET ${this.#path}${lastEventId && ` (last-event-id: ${lastEventId})`}`
    const episode: Received = {
      head: `${asked} → ${head.status} ${head.headers['content-type'] ?? ''}`,
      isStream,
      bytes: new Uint8Array(),
      missed: lastEventId === '' ? undefined : this.witness?.published,
    }
    this.add(episode)
    exchange.keep = KEPT_BYTES
    exchange.eachChunk(() => {
      episode.bytes = shownBytes(exchange)
      this.#onChange()
    })
    await exchange.done
    if (isStream) {
      const what = exchange.ended ? 'the server has ended the stream' : 'the connection is gone'
      episode.over = `${what}; back in ${this.#source.reconnectionTime / 1000} s`
    }
    this.#onChange()
  }
}
