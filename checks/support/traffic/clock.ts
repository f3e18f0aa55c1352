/** Recording what the learner's clock sends, as lesson 04 has it: one message every `TICK_MS`. */

import { DripWatch } from '../../wire/drip.ts'
import { type Finding, type FindingCode, lint } from '../../wire/lint.ts'
import type { Client } from '../client/client.ts'
import type { Exchange } from '../client/exchange.ts'
import { once } from '../once.ts'
import { type CheckContext, TICK_MS } from '../subject.ts'
import { ATTEMPTS, answerTo, eventsOf, fateOf, hasEvents, openEvents, type TimedEvent } from './events.ts'

/** What one client received of the clock. */
export interface Recording {
  bytes: Uint8Array
  /** What arrived first, in one piece: most likely what the server wrote first. */
  first: Uint8Array
  messages: TimedEvent[]
  /** False when as many messages came as were waited for, so that the last bytes may be half a line. */
  complete: boolean
  /** Whether its last line came a few bytes at a time, and may still be coming. */
  drips: boolean
  /** How the stream ended, if it did. */
  fate?: string
  /** The machine's clock when the first and when the last byte may have been sent, in milliseconds. */
  from: number
  to: number
}

/** The first message comes by then. A server that does not read `TICK_MS` ticks each second. */
export const FIRST_MS = Math.max(TICK_MS, 1000) + 500

/** A message that has not come by then is not coming: longer than `FIRST_MS`, to tell late from never. */
export const SILENCE_MS = 2000

/** A client that gets no event for this long, in milliseconds, gets none: a clock may tick every second. */
export const EVENT_MS = 3500

/** As many messages show that there is always a next one. */
const MESSAGES = 3

/** Findings that say that this is no event stream at all. */
const NO_STREAM: ReadonlySet<FindingCode> = new Set([
  'compressed-body',
  'html-instead',
  'json-instead',
  'ndjson-instead',
])

const LINE_ENDS: readonly (number | undefined)[] = [0x0a, 0x0d]

/** More bytes than any first message has. */
const MUCH = 16 * 1024

/** How long the rate of a clock that seems too fast is measured, in milliseconds. */
const RATE_MS = 20 * TICK_MS

/** An event stream that has sent its first event. Fails the check when none comes. */
export async function openClock(context: CheckContext, client?: Client): Promise<Exchange> {
  const exchange = await openEvents(context, client)
  if (await hasEvents(exchange, 1, EVENT_MS)) return exchange
  return context.fail({
    expected: 'a message from GET /events',
    received: `no message within ${EVENT_MS / 1000} s`,
    why: 'Either your server sends no messages, or it stopped to when another client left.',
    fix: 'Send messages to everyone who is there: a client that leaves must stop only what is its own.',
    at: { call: 'respond', path: '/events' },
  })
}

/** Whether `count` more events come than have come by now. */
export function receivesMore(exchange: Exchange, count: number): Promise<boolean> {
  return hasEvents(exchange, eventsOf(exchange).length + count, EVENT_MS)
}

/** How long a clock at an address, whose timers nobody can hurry, is listened to: what ends it soon is seen. */
const LASTING_MS = 3000

/**
 * What became of a stream after a minute of its server's timers, or after `LASTING_MS` where the server is none of
 * ours. Undefined when it goes on.
 *
 * A server that pings its clients gives them time to answer. A busy machine may need more of it than a minute that is
 * hurried has, so what seems to end is given twice the time, and again.
 */
export async function fateInAMinute(context: CheckContext): Promise<string | undefined> {
  const { shared } = context
  const open = async () => {
    const client = await context.connect()
    return answerTo(() => client.get('/events'))
  }
  for (let attempt = 1; ; attempt++) {
    const answer = shared ? await shared.hurry(open, 2 ** (attempt - 1)) : await open()
    if (answer.head) {
      const { exchange } = answer
      if (!shared) await exchange.until(({ over }) => over, LASTING_MS)
      if (await hasEvents(exchange, eventsOf(exchange).length + 1, SILENCE_MS)) return undefined
      if (!exchange.over) return 'nothing more, on an open stream'
    }
    if (attempt < ATTEMPTS && shared) continue
    return answer.head ? fateOf(answer.exchange) : answer.seen.received
  }
}

/** Records the clock's first messages. A first message that came late is waited for again, on a new stream. */
export async function recordClock(context: CheckContext): Promise<Recording> {
  const client = await context.connect()
  for (let attempt = 1; ; attempt++) {
    const from = Date.now()
    const exchange = await openEvents(context, client)
    const recording = { ...(await listen(exchange)), from, to: Date.now() }
    exchange.reset()
    if (!isLate(recording.messages) || attempt === ATTEMPTS) return recording
  }
}

/** The same for all checks of a run that only look. */
export const recording = once(recordClock)

/** Whether the first message came, and came late. */
export function isLate([first]: readonly TimedEvent[]): boolean {
  return first !== undefined && first.at > FIRST_MS
}

async function listen(exchange: Exchange): Promise<Omit<Recording, 'from' | 'to'>> {
  const messages = eventsOf(exchange)
  const drip = new DripWatch()
  exchange.eachChunk(({ at, bytes }) => drip.bytes(bytes, at))
  const has = (count: number) => messages.length >= count
  await exchange.until(() => has(1) || isHopeless(exchange), SILENCE_MS)
  for (let count = 2; count <= MESSAGES && has(count - 1) && !isLate(messages); count++) {
    await hasEvents(exchange, count, SILENCE_MS)
  }
  return {
    bytes: exchange.bytes,
    first: exchange.chunks[0]?.bytes ?? new Uint8Array(),
    messages: [...messages],
    complete: !has(MESSAGES),
    drips: drip.isDripping && !exchange.over,
    fate: exchange.over ? fateOf(exchange) : undefined,
  }
}

/** Whether what came without a message so far makes it sure that none will come. It only saves time. */
function isHopeless({ bytes }: Exchange): boolean {
  if (bytes.length > MUCH) return true
  // In the middle of a line there is nothing new to see: a server may write byte by byte.
  if (!LINE_ENDS.includes(bytes.at(-1))) return false
  const errors = lint(bytes, { complete: false }).filter(isError)
  if (errors.length > 1 || errors.some(({ code }) => NO_STREAM.has(code))) return true
  return lint(bytes, { complete: true }).some(({ code }) => code === 'single-newline')
}

/** Whether messages were made closer together than one clock would make them: worth a longer look. */
export function seemsFast(messages: readonly TimedEvent[]): boolean {
  const times = messages.map(({ data }) => Date.parse(data))
  return times.some((time, i) => i > 0 && time - (times[i - 1] ?? 0) < 0.75 * TICK_MS)
}

/**
 * Measures whether messages come much faster than one every `TICK_MS`.
 *
 * Bytes that arrive late, because the machine is busy, make a clock look slower and never faster: the time is counted
 * from the request to the last message.
 *
 * @returns how many messages came in how many milliseconds, or undefined when the clock is right
 */
export async function flood(exchange: Exchange): Promise<{ count: number; ms: number } | undefined> {
  const messages = eventsOf(exchange)
  const isFlood = () =>
    elapsed(exchange) > 2 * TICK_MS && messages.length > 3 + (1.5 * elapsed(exchange)) / TICK_MS
  // By the time of what has come: a busy machine may be silent for all of it.
  const end = elapsed(exchange) + RATE_MS
  await exchange.until(() => isFlood() || elapsed(exchange) > end, SILENCE_MS)
  return isFlood() ? { count: messages.length, ms: Math.round(elapsed(exchange)) } : undefined
}

/** The finding that best explains why no message came, if one does. Notes on how a stream is spelt do not. */
export function worst(findings: Finding[]): Finding | undefined {
  const warning = findings.find(({ severity }) => severity === 'warning')
  return findings.find(isError) ?? warning ?? findings.find(({ code }) => code === 'empty-field-block')
}

export function isError({ severity }: Finding): boolean {
  return severity === 'error'
}

function elapsed({ chunks }: Exchange): number {
  return chunks.at(-1)?.at ?? 0
}
