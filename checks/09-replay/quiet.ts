/** Clients that come, leave and come back, while nothing is published but between those steps. */
import type { CheckContext } from '../support/subject.ts'
import { SILENCE_MS } from '../support/traffic/clock.ts'
import { Visit } from '../support/traffic/visit.ts'
import type { ParsedEvent } from '../wire/parse.ts'
import { type Outcome, outcomeOf, outcomesOf } from './outcome.ts'
import { Publication } from './publication.ts'

/** Published while nobody but the witness is there: A and B, and after a tick C, D and E. */
const MISSED = 5

/** F: what is published when all are back. */
export const NEW = MISSED

/** So many are published at once in the end: ids that are made of the time are the same then. */
const CROWD = 30

/** What a client received that came back. */
export interface Return extends Outcome {
  /** The last message that it had before; -1 for one that had none, and came before the first. */
  place: number
}

export interface Quiet {
  /** What a client received that was there all the while. */
  stayed: number[]
  /** The ids of A to F, and of many more that were published at once. */
  ids: string[]
  /** The id that the first client got, before A; empty when it got none. */
  earlyId: string
  /** A new client, which came between E and F, and what it got as an id. */
  late: Outcome & { firstId: string }
  /** Who came back with the id of A, of B, up to E. */
  returns: Return[]
  /** Who came back with an id that was given to a new client. */
  newcomers: Return[]
  /** Who broke off in a replay, and came back with another id than that message had for everyone else. */
  again?: Return
  /** The ticks that the one who stayed had when they came back, and one of those that came to them as well. */
  ticks: readonly ParsedEvent[]
  oldTick?: ParsedEvent
}

export async function watchQuiet(context: CheckContext): Promise<Quiet> {
  const client = await context.connect()
  const publication = await Publication.begin(context)
  const { witness } = publication
  const early = new Visit(client)
  await early.hears(hasId)
  early.leave()
  await publication.publish(2)
  const { length } = ticksOf(witness)
  await witness.until(() => ticksOf(witness).length > length, SILENCE_MS)
  await publication.publish(MISSED - 2)

  const late = new Visit(client)
  await late.hears(hasId)
  const firstId = late.lastEventId
  const ticks = ticksOf(witness)
  const places = [...publication.messages.map(({ id = '' }, place) => ({ place, id }))]
  places.push({ place: -1, id: early.lastEventId }, { place: MISSED - 1, id: firstId })
  const hasMissed = (visit: Visit) =>
    visit.events.some(({ data }) => data === publication.messages[MISSED - 1]?.data)
  const comers = places
    .filter(({ id }) => id !== '')
    .map((comer) => ({ ...comer, visit: new Visit(client, comer.id) }))
  await Promise.all(
    comers.map(({ place, visit }) =>
      visit.begins().then(() => place === MISSED - 1 || visit.hears(hasMissed)),
    ),
  )
  // Who has nothing to wait for is there by now as well.
  const [lateOutcome, ...outcomes] = await outcomesOf(publication, [
    late,
    ...comers.map(({ visit }) => visit),
  ])
  const returns = comers.map(({ place }, i) => ({ place, ...(outcomes[i] as Outcome) }))
  const named = publication.messages.filter(({ id = '' }, place) => place < MISSED && id !== '').length
  const published = [...publication.messages]
  const stayed = publication.placesOf(publication.of(witness))

  const broken = brokenOff(
    published,
    comers.map(({ visit }) => visit),
  )
  const again = broken && {
    place: broken.place,
    ...(await comeAgain(publication, new Visit(client, broken.id))),
  }
  await publication.publish(CROWD)
  return {
    stayed,
    ids: publication.messages.map(({ id = '' }) => id),
    earlyId: early.lastEventId,
    late: { ...(lateOutcome as Outcome), firstId },
    returns: returns.slice(0, named),
    newcomers: returns.slice(named),
    again,
    ticks,
    oldTick: comers.map(({ visit }) => repeated(ticks, ticksOf(visit))).find((tick) => tick !== undefined),
  }
}

/** Where a client that broke off in its replay would come back with another id than the message has. */
function brokenOff(published: readonly ParsedEvent[], visits: readonly Visit[]) {
  const known = new Map(published.map(({ data, id }, place) => [data, { id, place }]))
  for (const { type, data, lastEventId } of visits.flatMap(({ events }) => events)) {
    const message = known.get(data)
    if (type !== 'message' || !message || message.id === lastEventId) continue
    return { place: message.place, id: lastEventId }
  }
  return undefined
}

async function comeAgain(publication: Publication, visit: Visit): Promise<Outcome> {
  await visit.begins()
  await publication.publish(1)
  return outcomeOf(publication, visit)
}

function ticksOf({ events }: Visit): ParsedEvent[] {
  return events.filter(({ type }) => type === 'tick')
}

/** The first of the ticks that is an old one. A clock that shows whole seconds says the same several times, in any case. */
function repeated(old: readonly ParsedEvent[], ticks: readonly ParsedEvent[]): ParsedEvent | undefined {
  const times = new Set(old.map(({ data }) => data))
  return times.size < old.length ? undefined : ticks.find(({ data }) => times.has(data))
}

function hasId({ lastEventId }: Visit): boolean {
  return lastEventId !== ''
}
