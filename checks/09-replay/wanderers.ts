/** Clients that come back again and again, each time at another place, while somebody publishes without a pause. */
import type { Client } from '../support/client/client.ts'
import type { CheckContext } from '../support/subject.ts'
import { EVENT_MS } from '../support/traffic/clock.ts'
import { type Flaw, flawIn } from '../support/traffic/sequence.ts'
import { Visit } from '../support/traffic/visit.ts'
import type { ParsedEvent } from '../wire/parse.ts'
import { hasReset } from './outcome.ts'
import { Publication } from './publication.ts'

const WANDERERS = 12

/** They share so many connections: what is published on the same one comes in the same read of the server. */
const SESSIONS = 3

/** So often they come back, all together. */
const RETURNS = 200

/** A busy machine gets no more time for it than this, in milliseconds. */
const MOST_MS = 6000

/** Nobody stays away for more messages than this. */
const AWAY = 12

/** One return that went wrong. */
export interface Wrong {
  /** The last message that the client had, by its place in the order of publication. */
  from: number
  flaw: Flaw | 'reset' | 'silent'
}

export interface Wandering {
  publication: Publication
  wrong: Wrong[]
}

/** A client between two connections. */
interface Wanderer {
  id: string
  /** The last message that it had. */
  last: readonly ParsedEvent[]
}

/** One return, to be judged when everything has arrived. */
interface Stay extends Wanderer {
  visit: Visit
  isMet: boolean
}

export async function wander(context: CheckContext): Promise<Wandering> {
  const publication = await Publication.begin(context)
  await publication.publish(2)
  const clients = await Promise.all(Array.from({ length: SESSIONS }, () => context.connect()))
  const stays: Stay[] = []
  const end = performance.now() + MOST_MS
  const isEnough = () =>
    stays.length >= RETURNS || stays.some(({ isMet }) => !isMet) || performance.now() > end
  const walks = Array.from({ length: WANDERERS }, (_, number) =>
    walk(publication, clients[number % SESSIONS] as Client, number, stays, isEnough),
  )
  let isOver = false
  const publisher = (async () => {
    while (!isOver && !context.signal.aborted) await publication.post()
  })()
  publisher.catch(() => {}) // it is asked for below
  try {
    await Promise.all(walks)
  } finally {
    isOver = true
  }
  await publisher
  await publication.arrived()
  const wrong = stays.map((stay) => judge(publication, stay)).filter((each) => each !== undefined)
  return { publication, wrong }
}

/** One client's way: it comes, breaks off somewhere, stays away for a while, and comes again. */
async function walk(
  publication: Publication,
  client: Client,
  number: number,
  stays: Stay[],
  isEnough: () => boolean,
): Promise<void> {
  const first = publication.messages.slice(0, 1)
  let wanderer: Wanderer = { id: first[0]?.id ?? '', last: first }
  for (let turn = number; !isEnough(); turn += WANDERERS) {
    // What is published right before and right behind it, on the same connection, comes while it is answered.
    const posts = turn % 3 === 0 ? [publication.post(client)] : []
    const { count } = publication
    const visit = new Visit(client, wanderer.id)
    if (turn % 2 === 0) posts.push(publication.post(client))
    const isMet = await publication.reaches(visit, count)
    visit.leave()
    stays.push({ ...wanderer, visit, isMet })
    await Promise.all(posts)
    if (!isMet) return
    wanderer = breakOff(publication, visit, wanderer, turn)
    const back = publication.messages.length + (turn % AWAY)
    await publication.witness.until(() => publication.messages.length >= back || isEnough(), EVENT_MS)
  }
}

/** The connection breaks after some byte of what came: anything may have been on its way. */
function breakOff(publication: Publication, visit: Visit, { last }: Wanderer, turn: number): Wanderer {
  const { length } = visit.exchange.bytes
  const standing = visit.after(Math.max(0, Math.floor((length * (turn % 11)) / 10) - (turn % 7)))
  const had = publication.of(standing).slice(-1)
  return { id: standing.lastEventId, last: had.length > 0 ? had : last }
}

function judge(publication: Publication, { visit, last, isMet }: Stay): Wrong | undefined {
  const received = publication.placesOf(publication.of(visit))
  const from = publication.placesOf(last)[0] ?? 0
  if (hasReset(visit)) return { from, flaw: 'reset' }
  const flaw = flawIn(received, from, Math.max(from, ...received)) ?? (isMet ? undefined : 'silent')
  return flaw && { from, flaw }
}
