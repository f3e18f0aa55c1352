/** Clients that listen when the signal comes, and how each of them was seen off. */
import type { Client } from '../support/client/client.ts'
import type { Exchange } from '../support/client/exchange.ts'
import { eventsOf } from '../support/traffic/events.ts'
import { createEventReader } from '../wire/parse.ts'

const NO_ERROR = 0

/** How a stream ended: with END_STREAM, with RST_STREAM, with its connection, or not at all. */
export type End = 'ended' | 'reset' | 'lost' | 'open'

export interface Guest {
  client: Client
  exchange: Exchange
  /** What it came with as `Last-Event-ID`. */
  id?: string
}

/** What became of a stream, by the time somebody looked. */
export interface Leave {
  end: End
  /** The code of a reset. */
  code?: number
  /** The status of its answer; undefined when there was none. */
  status?: number
  /** The reconnection time that its client has now, in milliseconds. */
  retry?: number
  /** The data of its messages: of events without a name. */
  messages: string[]
  /** What its client would come back with; empty when there is nothing. */
  lastEventId: string
  /** The body. */
  text: string
  /** What came after the last blank line, other than what counts without one. */
  torn: string
}

/** Asks for the event stream, as a client that was here before when it has an `id`. */
export function enter(client: Client, id?: string): Guest {
  const headers = id ? { 'last-event-id': id } : {}
  const guest = { client, exchange: client.get('/events', headers), id }
  eventsOf(guest.exchange)
  return guest
}

/** So many of them on each connection. */
export function enterAll(clients: readonly Client[], streams: number): Guest[] {
  return clients.flatMap((client) => Array.from({ length: streams }, () => enter(client)))
}

/** @param hasEnd a reset with NO_ERROR is the end of a server that sends END_STREAM */
export async function leaveOf({ exchange, id }: Guest, hasEnd = true): Promise<Leave> {
  const reader = createEventReader(id)
  const { retry, lastEventId } = reader.feed(exchange.bytes)
  const text = Buffer.from(exchange.bytes).toString()
  const messages = eventsOf(exchange)
    .filter(({ type }) => type === 'message')
    .map(({ data }) => data)
  const status = (await exchange.headWithin(0))?.status
  const { resetCode: code } = exchange
  return {
    end: endOf(exchange, hasEnd),
    code,
    status,
    retry,
    lastEventId,
    messages,
    text,
    torn: tornOf(text),
  }
}

function endOf({ ended, lost, over, resetCode }: Exchange, hasEnd: boolean): End {
  if (ended || (hasEnd && over && resetCode === NO_ERROR)) return 'ended'
  return lost ? 'lost' : over ? 'reset' : 'open'
}

/** A comment counts wherever it ends, and a reconnection time at the end of its line: WHATWG HTML § 9.2.6. */
function tornOf(text: string): string {
  const lines = text.split(/\r\n|\n|\r/)
  const last = lines.pop() ?? ''
  const block = lines.slice(lines.lastIndexOf('') + 1)
  return [...block, last].filter((line) => line !== '' && !/^(:|retry)/.test(line)).join('\n')
}
