/** A connection of our own to the learner's server, which keeps the last bytes of its event stream. */

import { type Client, connect } from '../../checks/support/client/client.ts'
import { isEventStream } from '../../checks/support/client/event-source.ts'
import { KEPT_BYTES, type Received, shownBytes } from '../terminal/received.ts'

const CONNECTING: Received = { head: 'GET /events → connecting …', bytes: new Uint8Array() }

export class Tap implements Disposable {
  received: Received = CONNECTING
  #origin: string
  #onChange: () => void
  #stop = new AbortController()

  constructor(origin: string, onChange: () => void) {
    this.#origin = origin
    this.#onChange = onChange
  }

  /** Asks for the stream, anew when there was one already. */
  connect(): void {
    this.#stop.abort()
    this.#stop = new AbortController()
    void this.#follow(this.#stop.signal)
  }

  [Symbol.dispose](): void {
    this.#stop.abort()
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const show = (received: Partial<Received>) => {
      if (signal.aborted) return
      this.received = { ...this.received, ...received }
      this.#onChange()
    }
    this.received = CONNECTING
    this.#onChange()
    try {
      await using client = await connect(this.#origin, { signal })
      await this.#read(client, show)
    } catch (error) {
      show({ head: `GET /events → ${error instanceof Error ? error.message : error}` })
    }
  }

  async #read(client: Client, show: (received: Partial<Received>) => void): Promise<void> {
    const exchange = client.get('/events')
    exchange.keep = KEPT_BYTES
    exchange.eachChunk(() => show({ bytes: shownBytes(exchange) }))
    const head = await exchange.head
    const type = head.headers['content-type'] ?? '(no content-type)'
    show({ head: `GET /events → ${head.status} ${type}`, isStream: isEventStream(head) })
    await exchange.done
    show({ over: 'the stream has ended' })
  }
}
