/** A client that connects as a browser's EventSource does: WHATWG HTML § 9.2. */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2'
import { setTimeout as delay } from 'node:timers/promises'
import { opensStream } from '../../wire/head-rules.ts'
import { createEventReader } from '../../wire/parse.ts'
import { type Client, connect } from './client.ts'
import type { Exchange, Head } from './exchange.ts'

/** One answer of the server. More of its body may be on the way. */
export interface Connection {
  exchange: Exchange
  head: Head
  /** Whether a browser reads events from it. If not, it is the last. */
  isStream: boolean
  /** The `Last-Event-ID` that was sent; empty when there was none. */
  lastEventId: string
}

/** How long an EventSource waits before it comes back, until the stream sets a time: Chromium's 3 s. */
const RECONNECTION_MS = 3000

export class EventSourceClient {
  /** What is sent as `Last-Event-ID` the next time; empty when there is none. */
  lastEventId = ''
  /** Milliseconds between the end of a connection and the next attempt. */
  reconnectionTime = RECONNECTION_MS
  #origin: string
  #path: string
  #headers: OutgoingHttpHeaders

  /** @param headers sent along with each request */
  constructor(origin: string, path: string, headers: OutgoingHttpHeaders = {}) {
    this.#origin = origin
    this.#path = path
    this.#headers = headers
  }

  /**
   * Connects again and again, and hands out each answer as it begins. The next one follows once that has ended, for as
   * long as the signal allows. An answer that is no event stream ends it, as in a browser.
   */
  async *connections(signal: AbortSignal): AsyncGenerator<Connection, void> {
    for (let isStream = true; isStream && !signal.aborted; ) {
      try {
        await using client = await connect(this.#origin, { signal })
        const connection = await this.#ask(client)
        isStream = connection.isStream
        yield connection
        await connection.exchange.done
      } catch {
        // The server is gone for a moment, or for longer.
      }
      if (isStream) await delay(this.reconnectionTime, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  async #ask(client: Client): Promise<Connection> {
    const { lastEventId } = this
    const headers = lastEventId === '' ? this.#headers : { ...this.#headers, 'last-event-id': lastEventId }
    const exchange = client.get(this.#path, headers)
    const reader = createEventReader(lastEventId)
    exchange.eachChunk(({ bytes }) => {
      const { lastEventId, retry } = reader.feed(bytes)
      this.lastEventId = lastEventId
      this.reconnectionTime = retry ?? this.reconnectionTime
    })
    const head = await exchange.head
    return { exchange, head, isStream: isEventStream(head), lastEventId }
  }
}

/** Whether a browser reads events from an answer, by its head as Node has it. */
export function isEventStream({
  status,
  headers,
}: {
  status: number
  headers: IncomingHttpHeaders
}): boolean {
  return opensStream({ status, fields: [['content-type', headers['content-type'] ?? '']] })
}
