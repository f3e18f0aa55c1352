/** A client that no cut reaches, straight at the server: it knows what was published while others were away. */
import { EventSourceClient } from '../../checks/support/client/event-source.ts'
import { createEventReader } from '../../checks/wire/parse.ts'
import { eventName } from '../terminal/received.ts'

/** So many of the last events are remembered: as many as a log keeps. */
const REMEMBERED = 1000

export class Witness implements Disposable {
  #events = new Set<string>()
  #source: EventSourceClient
  #stop = new AbortController()

  /** @param origin the server's own, not that of a proxy before it */
  constructor(origin: string) {
    this.#source = new EventSourceClient(origin, '/events')
    void this.#follow()
  }

  /** What was published by now, each event by its name. */
  get published(): ReadonlySet<string> {
    return new Set(this.#events)
  }

  [Symbol.dispose](): void {
    this.#stop.abort()
  }

  async #follow(): Promise<void> {
    for await (const { exchange } of this.#source.connections(this.#stop.signal)) {
      const reader = createEventReader()
      exchange.keep = 0
      exchange.eachChunk(({ bytes }) => {
        for (const event of reader.feed(bytes).events) this.#remember(eventName(event))
      })
    }
  }

  #remember(name: string | undefined): void {
    if (name === undefined) return
    this.#events.add(name)
    const [oldest = ''] = this.#events
    if (this.#events.size > REMEMBERED) this.#events.delete(oldest)
  }
}
