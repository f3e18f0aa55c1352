/** One connection of a client that keeps the last id as an EventSource does: WHATWG HTML § 9.2.4. */

import { createEventReader, type ParsedEvent } from '../../wire/parse.ts'
import type { Client } from '../client/client.ts'
import type { Exchange } from '../client/exchange.ts'
import { SILENCE_MS } from './clock.ts'

/** Where a client stands: what it has received, and what it would send as `Last-Event-ID` now. */
export interface Standing {
  events: readonly ParsedEvent[]
  /** Empty when there is none. */
  lastEventId: string
}

/** Who gets ticks gets whatever else is sent to everyone: there is no more to wait for. */
const TICKS = 2

export class Visit implements Standing {
  /** What was sent as `Last-Event-ID`; empty when nothing was. */
  id: string
  exchange: Exchange
  events: ParsedEvent[] = []
  lastEventId: string

  /** Asks for `/events`. Throws when the connection has gone. */
  constructor(client: Client, id = '') {
    this.id = id
    this.lastEventId = id
    this.exchange = client.get('/events', id === '' ? {} : { 'last-event-id': headerOf(id) })
    const reader = createEventReader(id)
    this.exchange.eachChunk(({ bytes }) => {
      const { events, lastEventId } = reader.feed(bytes)
      this.events.push(...events)
      this.lastEventId = lastEventId
    })
  }

  /** Where the client stands if its connection broke after so many bytes of the body. */
  after(bytes: number): Standing {
    return createEventReader(this.id).feed(this.exchange.bytes.subarray(0, bytes))
  }

  /** Waits until the answer has begun, or is over. */
  async begins(): Promise<void> {
    await this.exchange.head.catch(() => {})
  }

  /** Whether `test` holds, or does within `ms` milliseconds, while the stream is open. */
  until(test: (visit: this) => boolean, ms: number): Promise<boolean> {
    return this.exchange.until(() => test(this), ms)
  }

  /** Whether `test` holds before it is sure that the server has said all that it says to someone who comes. */
  async hears(test: (visit: this) => boolean): Promise<boolean> {
    const isThere = () => this.events.filter(({ type }) => type === 'tick').length >= TICKS
    await this.until((visit) => test(visit) || isThere(), SILENCE_MS)
    return test(this)
  }

  leave(): void {
    this.exchange.reset()
  }
}

/** A browser sends an id as UTF-8. Node writes each character of a header as one byte. */
function headerOf(id: string): string {
  return Buffer.from(id).toString('latin1')
}
