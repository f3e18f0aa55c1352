/** What came of a visit, to be judged. Messages are their places in the order of publication, from 0. */
import { isEventStream } from '../support/client/event-source.ts'
import { EVENT_MS } from '../support/traffic/clock.ts'
import { fateOf } from '../support/traffic/events.ts'
import type { Visit } from '../support/traffic/visit.ts'
import type { Publication } from './publication.ts'

export interface Outcome {
  received: number[]
  /** How many events named reset came, and how many messages before the first. */
  resets: number
  early: number
  /** A reset that is none: it came without data, and a browser drops such a block. */
  hasBareReset: boolean
  /** The name under which messages came that should have none. */
  named?: string
  /** What came in place of a stream of events that stays open: `status 400`. */
  refusal?: string
}

/** Waits until the client has the newest message, and reads what it has by then. */
export async function outcomeOf(publication: Publication, visit: Visit): Promise<Outcome> {
  const { events } = visit
  await publication.reaches(visit)
  const first = events.findIndex(({ type }) => type === 'reset')
  const received = publication.placesOf(publication.of(visit))
  return {
    received,
    resets: events.filter(({ type }) => type === 'reset').length,
    early: first < 0 ? received.length : publication.of({ events: events.slice(0, first) }).length,
    hasBareReset: first < 0 && /^event: ?reset\r?$/m.test(visit.exchange.text),
    named: events.find(({ type, data }) => type !== 'message' && publication.isOurs(data))?.type,
    refusal: (await refusalOf(visit)) ?? (visit.exchange.over ? fateOf(visit.exchange) : undefined),
  }
}

/** Publishes one message more when all have come, and tells what each of them received. */
export async function outcomesOf(publication: Publication, visits: readonly Visit[]): Promise<Outcome[]> {
  await publication.publish(1)
  return Promise.all(visits.map((visit) => outcomeOf(publication, visit)))
}

export function hasReset({ events }: Visit): boolean {
  return events.some(({ type }) => type === 'reset')
}

async function refusalOf({ exchange }: Visit): Promise<string | undefined> {
  const head = await exchange.headWithin(EVENT_MS)
  if (!head) return 'no answer'
  if (isEventStream(head)) return undefined
  return head.status === 200 ? `content-type: ${head.headers['content-type']}` : `status ${head.status}`
}
