/** Opening the learner's event stream, and reading from it. */

import { createEventReader, type ParsedEvent } from '../../wire/parse.ts'
import type { Client } from '../client/client.ts'
import { resetText } from '../client/error-codes.ts'
import type { Exchange, Head } from '../client/exchange.ts'
import type { CheckContext } from '../subject.ts'
import { type Seen, seenInstead } from './silence.ts'

/** The head of a response comes within this many milliseconds, whether there is an event to send or not. */
export const HEAD_MS = 500

/** How long a head may be late before it counts as never sent. */
const PATIENCE_MS = 2000

/** What is late once may be the machine's fault. What is late each time is the server's. */
export const ATTEMPTS = 3

/** An answer that has begun: the exchange that carries it, and its head. */
export interface Answer {
  exchange: Exchange
  head: Head
}

/** No head in time, and what came in its place, as a learner reads it. */
export interface NoHead {
  head?: undefined
  seen: Seen
  /** The error code of the reset that came instead, or that our client sent. */
  resetCode?: number
}

/** An event, and when it was complete, in milliseconds since its stream was asked for. */
export interface TimedEvent extends ParsedEvent {
  at: number
}

/** The head of an answer within `HEAD_MS`, asked for again where it came late, or what there is in its place. */
export async function answerTo(open: () => Exchange): Promise<Answer | NoHead> {
  let late = 0
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const exchange = begin(open)
    if (!exchange) return { seen: { received: 'no answer, and the end of the connection' } }
    const head = await exchange.headWithin(PATIENCE_MS)
    if (head && head.ms <= HEAD_MS) return { exchange, head }
    if (!head) {
      const seen = seenInstead(exchange)
      const { resetCode } = exchange
      exchange.reset()
      return { seen, resetCode }
    }
    late = head.ms
    exchange.reset()
  }
  return { seen: { received: `an answer after ${Math.round(late)} ms` } }
}

/** Node throws when the connection has gone before the request is sent. */
function begin(open: () => Exchange): Exchange | undefined {
  try {
    return open()
  } catch {
    return undefined
  }
}

/** Opens GET /events. Fails the check when what opens is no event stream. */
export async function openEvents(context: CheckContext, client?: Client): Promise<Exchange> {
  const session = client ?? (await context.connect())
  const answer = await answerTo(() => session.get('/events'))
  const type = answer.head?.headers['content-type']
  if (answer.head && answer.head.status === 200 && mediaType(type) === 'text/event-stream') {
    const length = answer.head.headers['content-length']
    if (length === undefined) return answer.exchange
    return context.fail({
      expected: 'GET /events → no content-length header',
      received: `content-length: ${length}`,
      why: 'content-length says where the body ends. Clients end a stream at which more comes, with an error.',
      fix: 'Leave content-length out of the head of /events: an event stream has no length.',
      at: { call: 'respond', path: '/events' },
    })
  }
  return context.fail({
    expected: 'GET /events → status 200, content-type: text/event-stream',
    received: answer.head
      ? `status ${answer.head.status}, ${show('content-type', type)}`
      : answer.seen.received,
    why: 'This check reads the event stream that lesson 3 opens, and found none.',
    fix: 'Answer GET /events as in lesson 3: npm run check 3 tells what is missing.',
    at: { call: 'respond', path: '/events' },
  })
}

/** What was parsed of each exchange that somebody asked for its events. */
const parsed = new WeakMap<Exchange, TimedEvent[]>()

/** The events of an exchange: a list that grows as they come. Each byte is parsed once, however often this is asked. */
export function eventsOf(exchange: Exchange): readonly TimedEvent[] {
  const known = parsed.get(exchange)
  if (known) return known
  const events: TimedEvent[] = []
  parsed.set(exchange, events)
  const reader = createEventReader()
  exchange.eachChunk(({ at, bytes }) => {
    for (const event of reader.feed(bytes).events) events.push({ ...event, at })
  })
  return events
}

/** Whether `count` events have come, or do within `ms` milliseconds. */
export function hasEvents(exchange: Exchange, count: number, ms: number): Promise<boolean> {
  return exchange.until(() => eventsOf(exchange).length >= count, ms)
}

/** How a stream came to its end, as a learner reads it. */
export function fateOf({ ended, lost, resetCode }: Exchange): string {
  if (ended) return 'the end of the stream'
  if (lost) return 'the end of the connection'
  return resetCode === undefined ? 'the end of the stream' : resetText(resetCode)
}

/** A header as a learner reads it: `content-type: text/plain`, or `no content-type header`. */
export function show(name: string, value: string | undefined): string {
  return value === undefined ? `no ${name} header` : `${name}: ${value}`
}

/** A media type without its parameters, in lower case: RFC 9110 § 8.3.1 compares it so. */
export function mediaType(header: string | undefined): string | undefined {
  return header?.split(';')[0]?.trim().toLowerCase()
}
