/** Clients that leave the event stream in every way that clients do, and what the server keeps of them. */
import type { Client } from '../support/client/client.ts'
import type { Exchange } from '../support/client/exchange.ts'
import { rest, settle } from '../support/server/counting.ts'
import type { CheckContext } from '../support/subject.ts'
import { EVENT_MS, openClock, receivesMore } from '../support/traffic/clock.ts'
import { come, connectAll, leave, SESSIONS, WAYS } from '../support/traffic/leaving.ts'
import type { Place } from '../verdict.ts'

/** How many clients leave in each of the five ways: 200 in all. */
const CROWD = 40

/** The same for an address, which may be a server that others use as well. */
const SMALL_CROWD = 8

/** What was left of one crowd. */
export interface Departure {
  /** What its clients did: `reset their streams`. */
  way: string
  clients: number
  /** More than before they came. */
  timers: number
  listeners: number
  /** Streams of theirs that are over, and still in memory. */
  closedStreams: number
  /** Writes to closed streams while they left. Clients that left before the answer began are not counted. */
  lateWrites: number
}

export interface Departures {
  /** Empty for an address: only a process that we started can be counted in. */
  ways: Departure[]
  /** Writes to closed streams during three ticks, when everyone had left long ago. */
  laterWrites: number
  /** Where the first write to a closed stream was made. */
  lateAt?: Place
  /** Connections that ended with their clients, and those of them that are still in memory. */
  sessions: { ended: number; kept: number }
  /** Whether the one client that stayed still receives events. */
  stays: boolean
}

/** More than this many left of a crowd is a leak. A right server leaves none; counts of listeners waver a little. */
export function leakOf(clients: number): number {
  return clients / 4
}

/** Lets the crowds come and leave, one after the other, while one client stays. */
export async function watchDepartures(context: CheckContext): Promise<Departures> {
  const server = context.shared
  const stayer = await openClock(context)
  const lasting = await connectAll(context)
  const ways: Departure[] = []
  let isSilent = false
  let ended = 0
  const begin = server && (await rest(server))
  let before = begin
  for (const way of WAYS) {
    const crowd = server ? CROWD : SMALL_CROWD
    const clients = way.endsSession ? await connectAll(context) : lasting
    const visit = async () => {
      const crowds = clients.map((client) => come(client, crowd / SESSIONS))
      // A clock that has stopped is not waited for each time.
      if (!way.isEarly && !isSilent) isSilent = !(await haveEvents(crowds.flat()))
      await leave(clients, crowds, way)
    }
    // A server that stood still finds in one read that they came and left. On a busy machine it might answer between.
    await (way.isEarly && server ? server.standStill(visit) : visit())
    if (way.endsSession) ended += clients.length
    // A session is read in order: an answer to the next request means that every reset has been seen.
    await Promise.all(clients.map((client) => (way.endsSession ? client.closed : greet(client))))
    if (!server || !before) continue
    const more = leakOf(crowd)
    const bound = {
      timers: before.timers + more,
      listeners: before.listeners + more,
      closedStreams: before.closedStreams + more,
    }
    const after = await settle(server, bound, () => receivesMore(stayer, 2))
    ways.push({
      way: way.name,
      clients: crowd,
      timers: after.timers - before.timers,
      listeners: after.listeners - before.listeners,
      closedStreams: after.closedStreams - before.closedStreams,
      lateWrites: way.isEarly ? 0 : after.lateWrites.count - before.lateWrites.count,
    })
    before = after
  }
  const stays = await receivesMore(stayer, 3)
  const last = await server?.sample()
  const late = last?.lateWrites
  const laterWrites = late && before ? late.count - before.lateWrites.count : 0
  const kept = last && begin ? last.closedSessions - begin.closedSessions : 0
  return { ways, laterWrites, lateAt: late?.at, sessions: { ended, kept }, stays }
}

/** Waits until each stream has sent an event. Answers whether any has. */
async function haveEvents(streams: Exchange[]): Promise<boolean> {
  const received = await Promise.all(streams.map((stream) => receivesMore(stream, 1)))
  return received.includes(true)
}

async function greet(client: Client): Promise<void> {
  await client.request({ ':method': 'HEAD' }).headWithin(EVENT_MS)
}
