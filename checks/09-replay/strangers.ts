/** Clients that come with an id that this server never gave to anyone. */
import type { CheckContext } from '../support/subject.ts'
import { Visit } from '../support/traffic/visit.ts'
import { hasReset, type Outcome, outcomesOf } from './outcome.ts'
import { Publication } from './publication.ts'

/** No id at all, a number of somebody else's, a property that every object has, letters beyond ASCII, a long one. */
const STRANGE = ['nobody-knows-me', '-1', '9007199254740993', '__proto__', 'größer', 'x'.repeat(2000)]

export interface Strangers {
  /** Messages 0 to 2 were published before they came, 3 when they were there. */
  comers: (Outcome & { who: string })[]
  /** One that broke off behind its reset, missed message 3, and came back for message 4. */
  back: Outcome
}

/** The message that is published when the strangers are there. */
export const LIVE = 3

export async function watchStrangers(context: CheckContext): Promise<Strangers> {
  const client = await context.connect()
  const publication = await Publication.begin(context)
  await publication.publish(LIVE)
  const gone = new Visit(client, STRANGE[0])
  await gone.hears(hasReset)
  gone.leave()
  const ids = [...STRANGE, ...laterThan(publication.messages.at(-1)?.id)]
  const visits = ids.map((id) => new Visit(client, id))
  await Promise.all(visits.map((visit) => visit.hears(hasReset)))
  const outcomes = await outcomesOf(publication, visits)
  const comers = outcomes.map((outcome, i) => ({ ...outcome, who: nameOf(STRANGE[i]) }))
  const visit = new Visit(client, gone.lastEventId)
  await visit.hears(hasReset)
  const [back] = await outcomesOf(publication, [visit])
  return { comers, back: back as Outcome }
}

/** An id as a learner reads it. Theirs is long and of this run alone, so it is not spelled out. */
function nameOf(id?: string): string {
  if (id === undefined) return 'your newest id with a much larger number'
  return `last-event-id: ${id.length > 40 ? `${id.slice(0, 20)}…` : id}`
}

/** An id of the same spelling whose turn would come much later. */
function laterThan(id = ''): string[] {
  const later = id.replace(/\d+(?=\D*$)/, '9$&999')
  return later === id ? [] : [later]
}
