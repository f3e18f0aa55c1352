/** What the log of a server keeps: of one that holds few messages, and of one that holds as many as it likes. */
import type { CheckContext } from '../support/subject.ts'
import { Visit } from '../support/traffic/visit.ts'
import { hasReset, type Outcome, outcomesOf } from './outcome.ts'
import { Publication } from './publication.ts'

/** So many messages are in the log of the second run, at most. */
const SMALL_SIZE = 5

/** So many are in a log when nobody says otherwise. */
const DEFAULT_SIZE = 1000

/** Someone who came back with the id of message `place`, when `last` was the newest, and the log held `size`. */
export interface Comer extends Outcome {
  place: number
  last: number
  size: number
}

export interface SecondRun {
  /** The ids that it gave out. */
  ids: string[]
  /** Who came with the id that a client had before the first message, and with that of each message. */
  comers: Comer[]
  /** Who came with ids of another run. */
  strangers: Outcome[]
}

/** Starts another run of the server; clients come with its own ids, and with those of the run before. */
export async function watchSecondRun(context: CheckContext, before: readonly string[]): Promise<SecondRun> {
  const server = await context.start({ env: { LOG_SIZE: String(SMALL_SIZE) } })
  const publication = await Publication.begin(context, server.origin)
  const { lastEventId } = publication.witness
  await publication.publish(2 * SMALL_SIZE + 2)
  const ids = publication.messages.map(({ id = '' }) => id)
  const last = ids.length - 1
  // A server that gives no id at once has nobody who could come back with it.
  const own = [...ids.map((id, place) => ({ id, place })), { id: lastEventId, place: -1 }].filter(
    ({ id }) => id !== '',
  )
  const comers = [...own.map(({ id }) => id), ...before]
  const outcomes = await comeWith(context, publication, comers, server.origin)
  return {
    ids: [lastEventId, ...ids],
    comers: own.map(({ place }, i) => ({ ...(outcomes[i] as Outcome), place, last, size: SMALL_SIZE })),
    strangers: outcomes.slice(own.length),
  }
}

/** Publishes until a log can't hold all of it. One client missed a little more than it holds, one a little less. */
export async function watchDefault(context: CheckContext, before: Publication): Promise<Comer[]> {
  const publication = await Publication.begin(context, context.origin, before)
  await publication.publish(Math.max(0, DEFAULT_SIZE + 2 - before.count))
  const last = publication.messages.length - 1
  const places = [last - DEFAULT_SIZE - 1, last - DEFAULT_SIZE + 1]
  const ids = places.map((place) => publication.messages[place]?.id ?? '')
  const outcomes = await comeWith(context, publication, ids)
  return outcomes.map((outcome, i) => ({ ...outcome, place: places[i] ?? 0, last, size: DEFAULT_SIZE }))
}

async function comeWith(
  context: CheckContext,
  publication: Publication,
  ids: readonly string[],
  origin?: string,
): Promise<Outcome[]> {
  const client = await context.connect(origin)
  const visits = ids.map((id) => new Visit(client, id))
  await Promise.all(visits.map((visit) => visit.hears(hasReset)))
  return outcomesOf(publication, visits)
}
