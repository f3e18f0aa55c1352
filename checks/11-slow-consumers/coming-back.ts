/** Somebody who missed something comes back for it as a browser does: again and again, with the last id that it has. */
import { connect } from '../support/client/client.ts'
import type { Exchange } from '../support/client/exchange.ts'
import type { Report } from '../support/failure.ts'
import type { CheckContext } from '../support/subject.ts'
import { fateOf } from '../support/traffic/events.ts'
import { createEventReader, type ParsedEvent } from '../wire/parse.ts'
import { ARRIVAL_MS, type Flood, troubleOf } from './flood.ts'
import type { Standing } from './reading.ts'

/** So often it comes back at most, and so often in a row without getting anything new. */
const RETURNS = 30
const IN_VAIN = 2

/** What stands between two blocks of an array that became a text. */
const COMMA = /^,([a-z]+):/m

/**
 * Comes back until it has all that was sent. Answers with what is wrong, if anything is.
 *
 * @param from the last message that it has; by what it received, unless it is said
 */
export async function comeBack(
  context: CheckContext,
  flood: Flood,
  standing: Standing,
  from = flood.placesOf(standing.events).at(-1) ?? -1,
): Promise<Report | undefined> {
  const expected = `messages ${from + 2} to ${flood.last + 1}, once and in order, for a client that comes back with the id of message ${from + 1}`
  const events: ParsedEvent[] = []
  let { lastEventId } = standing
  let inVain = 0
  for (let returns = 1; returns <= RETURNS; returns++) {
    const { length } = events
    const visit = await visitWith(context, flood, lastEventId, events)
    lastEventId = visit.lastEventId
    if (events.some(({ type }) => type === 'reset')) {
      return { expected, received: 'event: reset, although the log has all of them', fault: 'reset' }
    }
    const strange = flood.strangeId(events)
    const flaw = troubleOf(flood.flawOf(events, from))
    if (!strange && !flaw) return undefined
    const [, field] = COMMA.exec(visit.text) ?? []
    if (field !== undefined) return { expected, received: `a comma before ${field}:`, fault: 'commas' }
    if (strange) return { ...strange, fault: 'id' }
    if (!flaw) return undefined
    const isOpen = visit.end === undefined
    if (flaw.kind !== 'lost' || isOpen || !isEndOf(flood, events, from)) {
      const fault = flaw.kind === 'lost' ? undefined : 'twice'
      return { expected, received: `${flaw.received}${isOpen ? ', on an open stream' : ''}`, fault }
    }
    inVain = events.length > length ? 0 : inVain + 1
    if (inVain === IN_VAIN) {
      return {
        expected,
        received: `${visit.end} each time, and no whole message`,
        fault: 'vain',
      }
    }
  }
  return { expected, received: `not all of them when it had come back ${RETURNS} times`, fault: 'vain' }
}

/** One connection: until all has come, or the server ends it. What comes is added to `events`. */
async function visitWith(
  { signal }: CheckContext,
  flood: Flood,
  id: string,
  events: ParsedEvent[],
): Promise<{ lastEventId: string; text: string; end?: string }> {
  await using client = await connect(flood.server.origin, { signal })
  const exchange: Exchange = client.get('/events', id === '' ? {} : { 'last-event-id': id })
  const reader = createEventReader(id)
  let lastEventId = id
  exchange.eachChunk(({ bytes }) => {
    const news = reader.feed(bytes)
    events.push(...news.events.filter(({ type }) => type === 'message' || type === 'reset'))
    lastEventId = news.lastEventId
  })
  const isDone = () => flood.placesOf(events).includes(flood.last)
  await exchange.until(isDone, ARRIVAL_MS)
  const end = exchange.over && !isDone() ? fateOf(exchange) : undefined
  return { lastEventId, text: exchange.text, end }
}

/** Whether nothing is wrong with what has come but that there is more to come. */
function isEndOf(flood: Flood, events: readonly ParsedEvent[], from: number): boolean {
  return flood.flawOf(events, from, Math.max(from, ...flood.placesOf(events))) === undefined
}
