/** What is said of the comments on a stream: whether they come, when, and where they stand. */
import type { Report } from '../support/failure.ts'
import type { Call } from '../support/server/types.ts'
import { fateOf } from '../support/traffic/events.ts'
import { visible } from '../wire/bytes.ts'
import { isComment, isMessage, type Sight } from './sights.ts'
import { commentsAfter, commentsOf, type Sent, type Stream, sightsOn, unsentOf, type Watch } from './watch.ts'

/** What a watch found. What only a busy machine could explain is unsure. */
export type Finding = Report & { isUnsure?: boolean }

/** What comes sooner than after this part of a heartbeat is too soon: events come after half of one. */
const SOON = 0.6

/** What comes later than this many heartbeats, each time, is late. */
const LATE = 1.6

/** Comments that a server may send at once, as a greeting. */
const GREETING = 2

const WRITTEN: Call = { call: 'write', path: '/events' }
const ENDED: Call = { call: 'end', path: '/events' }

export function judgeComments({ streams, heartbeat }: Watch): Finding | undefined {
  const expected = 'a comment when nothing came for HEARTBEAT_MS'
  for (const stream of streams) {
    const unsent = unsentOf(stream, heartbeat)
    if (unsent.length >= 2) return { expected, received: eventText(unsent), fault: 'event', at: WRITTEN }
    const comments = commentsOf(stream, heartbeat)
    const { exchange } = stream
    if (exchange.ended) {
      return { expected, received: fateOf(exchange), fault: 'ended', at: ENDED, isUnsure: true }
    }
    if (exchange.over) continue // which is about its connection
    if (comments.length === 0) return { expected, ...insteadOf(stream, heartbeat) }
    const times = [stream.begun, ...comments.map(({ at }) => at)]
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0))
    const gap = Math.min(...gaps)
    if (gap < LATE * heartbeat) continue
    return {
      expected,
      received: `one after ${Math.round(gap)} ms, ${where(heartbeat)}`,
      fault: 'late',
      at: WRITTEN,
      isUnsure: true,
    }
  }
  return undefined
}

/** What came first on a quiet stream that has no comment. */
function insteadOf(
  { exchange, begun, asked }: Stream,
  heartbeat: number,
): Pick<Report, 'received' | 'fault' | 'at'> {
  const first = exchange.chunks.find(({ at }) => asked + at > begun + heartbeat / 2)
  if (!first) {
    return { received: `nothing for ${Math.round(performance.now() - begun)} ms, ${where(heartbeat)}` }
  }
  const [text = ''] = /^(\n|[^\n]+\n*)/.exec(Buffer.from(first.bytes).toString()) ?? []
  const isUnended = text.startsWith(':') && !text.endsWith('\n')
  return { received: short(text), fault: isUnended ? 'unended' : 'other', at: WRITTEN }
}

/** Whether a stream has come to its end: another check tells of that. */
function isOver({ exchange }: Stream): boolean {
  return exchange.over || exchange.ended
}

export function judgeSecond({ streams, heartbeat }: Watch): Finding | undefined {
  if (streams.every((stream) => isOver(stream) || commentsOf(stream, heartbeat).length >= 2)) return undefined
  const expected = 'a comment every HEARTBEAT_MS for as long as no event comes'
  return {
    expected,
    received: `one comment, and then nothing, ${where(heartbeat)}`,
    at: WRITTEN,
    isUnsure: true,
  }
}

export function judgeAfterEvents({ streams }: Watch): Finding | undefined {
  const stream = streams.find((stream) => !isOver(stream) && commentsAfter(stream).length < 2)
  if (!stream) return undefined
  return {
    expected: 'a comment every HEARTBEAT_MS after the last event',
    received: commentsAfter(stream).length === 0 ? 'no comment any more' : 'one comment, and then nothing',
    fault: 'afterEvents',
    at: WRITTEN,
    isUnsure: true,
  }
}

/**
 * Whether comments come too soon. The time of an event is that at which it was asked for, which is before it was
 * written, and that of a comment when it came, which is after: what is too soon by these is so in any case.
 */
export function judgeRhythm({ streams, sent, heartbeat }: Watch): Finding | undefined {
  for (const stream of streams) {
    let since = stream.asked
    let greeting = GREETING
    let events = 0
    let comments = 0
    for (const sight of sightsOn(stream)) {
      if (isMessage(sight)) {
        since = sent[events++]?.at ?? since
        greeting = 0
        comments = 0
      }
      if (!isComment(sight)) continue
      comments++
      const ms = sight.at - since
      if (ms >= SOON * heartbeat * (comments - greeting)) continue
      return comments === 1 ? besideEvents(ms, heartbeat) : flooding(comments, ms, heartbeat)
    }
  }
  return undefined
}

function besideEvents(ms: number, heartbeat: number): Finding {
  return {
    expected: 'no comment before a silence of HEARTBEAT_MS',
    received: `one ${Math.round(ms)} ms after an event, ${where(heartbeat)}`,
    at: WRITTEN,
  }
}

function flooding(count: number, ms: number, heartbeat: number): Finding {
  return {
    expected: 'one comment every HEARTBEAT_MS of silence',
    received: `${count} comments in ${Math.round(ms)} ms, ${where(heartbeat)}`,
    fault: 'flood',
    at: WRITTEN,
  }
}

/** Whether each message came as it was sent, and no comment between its lines. */
export function judgeWhole({ streams, sent }: Watch): Finding | undefined {
  for (const stream of streams) {
    const finding = isOver(stream) ? undefined : wholeFault(sightsOn(stream), sent)
    if (finding) return finding
  }
  return undefined
}

/** The same for the stream that was held back, if all of it has come since. */
export function judgeHeldBack({ slow, sent }: Watch): Finding | undefined {
  if (!slow?.hasAll(sent.length)) return undefined
  return wholeFault(slow.sights, sent)
}

function wholeFault(sights: Sight[], sent: Sent[]): Finding | undefined {
  const expected = 'each event in one piece'
  if (sights.some(({ isInside }) => isInside)) {
    // No place: the last write may be the comment's, the event's, or one to another stream.
    return { expected, received: 'a comment between the lines of an event' }
  }
  const messages = sights.filter(isMessage)
  const wrong = sent.findIndex(({ text }, i) => messages[i]?.data !== text)
  if (wrong < 0) return undefined
  return {
    expected: `data: ${short(sent[wrong]?.text)}`,
    received: messages[wrong] ? `data: ${short(messages[wrong].data)}` : 'no such event',
    fault: 'torn',
    at: WRITTEN,
    isUnsure: messages[wrong] === undefined,
  }
}

/** Which heartbeat the server was given. */
export function where(heartbeat: number): string {
  return `where HEARTBEAT_MS is ${heartbeat} ms`
}

function short(text = ''): string {
  const line = visible(text)
  return line.length > 50 ? `${line.slice(0, 49)}…` : line
}

function eventText(events: Sight[]): string {
  const { type = '', data = '' } = events.at(-1) ?? {}
  const name = type === 'message' ? '' : `event: ${visible(type)}, `
  return `${name}data: ${data === '' ? 'with no text' : short(data)}, which nobody sent`
}
