/** A client of our own that does what a browser's EventSource does, and keeps what it received. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Client, connect } from '../../checks/support/client/client.ts'
import { createEventReader } from '../../checks/wire/parse.ts'
import { isEventStream, KEPT_BYTES, type Received, shownBytes } from '../terminal/received.ts'

/** By this `user-agent` the screen knows its own connection. */
export const OWN_AGENT = 'npm-run-demo'

/** How many connections, one after the other, are kept in view. */
const KEPT = 3

/** How long an EventSource waits before it comes back, until the stream sets a time: Chromium's 3 s. */
const RECONNECT_MS = 3000

export class Observer implements Disposable {
  /** One entry a connection, the newest last. */
  readonly episodes: Received[] = []
  #origin: string
  #path: string
  #onChange: () => void
  #stop = new AbortController()
  #lastEventId = ''
  #retry = RECONNECT_MS

  /** @param path `/events`; a lesson without a stream has another page to look at */
  constructor(origin: string, path: string, onChange: () => void) {
    this.#origin = origin
    this.#path = path
    this.#onChange = onChange
    void this.#follow()
  }

  [Symbol.dispose](): void {
    this.#stop.abort()
    this.episodes.length = 0 // what came from one server is not shown as another one's
  }

  /** Connects again and again. An answer that is no event stream ends it, as in a browser. */
  async #follow(): Promise<void> {
    const { signal } = this.#stop
    let isStream = true
    while (isStream && !signal.aborted) {
      try {
        await using client = await connect(this.#origin, { signal })
        isStream = await this.#read(client)
      } catch {
        // The server is gone for a moment, or for longer.
      }
      if (isStream) await delay(this.#retry, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  /** Answers whether it was an event stream. */
  async #read(client: Client): Promise<boolean> {
    const lastEventId = this.#lastEventId === '' ? {} : { 'last-event-id': this.#lastEventId }
    const exchange = client.get(this.#path, { ...lastEventId, 'user-agent': OWN_AGENT })
    exchange.keep = KEPT_BYTES
    const { status, headers } = await exchange.head
    const isStream = isEventStream(status, headers)
    const asked = `GET ${this.#path}${this.#lastEventId && ` (last-event-id: ${this.#lastEventId})`}`
    const head = `${asked} → ${status} ${headers['content-type'] ?? ''}`
    const episode: Received = { head, isStream, bytes: exchange.bytes }
    this.episodes.push(episode)
    this.episodes.splice(0, this.episodes.length - KEPT)
    const reader = createEventReader()
    const take = (bytes: Uint8Array) => {
      const { lastEventId, retry } = reader.feed(bytes)
      this.#lastEventId = lastEventId || this.#lastEventId
      this.#retry = retry ?? this.#retry
      this.#onChange()
    }
    take(episode.bytes)
    exchange.stream.on('data', (bytes: Uint8Array) => {
      episode.bytes = shownBytes(exchange)
      take(bytes)
    })
    await exchange.done
    if (isStream) episode.over = `the connection is gone; back in ${this.#retry / 1000} s`
    this.#onChange()
    return isStream
  }
}
