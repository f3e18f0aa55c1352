/**
 * A server with a small MAX_BUFFER and a log that keeps everything. One client reads late, one never, one beside them at
 * once; and what was missed is fetched.
 */
import type { PeerStream } from '../support/client/peer.ts'
import type { Ending } from '../support/ending.ts'
import type { Waiting } from '../support/server/types.ts'
import type { CheckContext } from '../support/subject.ts'
import {
  BOUND,
  type Clients,
  come,
  ends,
  endText,
  mostThatWaits,
  ROOM,
  reads,
  SIZE,
  TOO_MUCH,
} from './clients.ts'
import { fetchAndNotRead, fetchMissed, sendLarge } from './fetching.ts'
import { Flood, troubleOf } from './flood.ts'
import manifest from './manifest.ts'
import { endOf, standingOn } from './reading.ts'
import { type Found, type Name, watchInStages } from './stages.ts'
import { ENDED, kib, othersFound, WRITTEN } from './telling.ts'

const { checks } = manifest

/** So many have been sent when those who read late have less than the bound waiting; and when it is much more, in bytes. */
const SOME = 7
const MANY = 16

/** These consist of a character of three bytes: in characters, it is less than the bound until the rest comes. */
const SIGN = '€'
const ALL = 24

export async function watchClosely(context: CheckContext): Promise<Ending<Name> | undefined> {
  await using server = await context.start({
    env: { TICK_MS: '0', MAX_BUFFER: String(BOUND), LOG_SIZE: '10000' },
  })
  const clients = await come(context, server)
  const flood = await Flood.begin(context, server) // behind those who do not read, in the order of coming
  return await watchInStages(server, [
    { checks: ['patient'], watch: () => sendSome(flood, clients), stillness: checks.patient.faults.loop },
    { checks: ['bounded', 'at-once'], watch: () => sendMany(flood, clients) },
    { checks: ['others', 'patient'], watch: () => lookAround(flood, clients) },
    { checks: ['back'], watch: () => fetchMissed(context, flood, clients) },
    { checks: ['catch-up', 'back'], watch: () => fetchAndNotRead(context, flood, clients) },
    { checks: ['large'], watch: () => sendLarge(context, flood, clients) },
  ])
}

/** Fewer bytes than the bound wait for those who do not read. Then one of them does. */
async function sendSome(flood: Flood, { peer, beside, late, still }: Clients): Promise<Found | undefined> {
  await flood.begins(2, SIZE, SIGN)
  const trouble = await flood.send(SOME - 2, SIZE, SIGN)
  if (trouble) return othersFound(trouble)
  if (!(await reads(flood, peer, beside))) return othersFound(flood.blocked)
  const expected = `an open stream while ${kib(SOME * SIZE)} were sent, with MAX_BUFFER=${BOUND}`
  for (const stream of [late, still]) {
    if (!endOf(stream) && peer.endedAt === undefined) continue
    return { check: 'patient', report: { expected, received: endText(stream), at: WRITTEN } }
  }
  peer.give(late, ROOM)
  await reads(flood, peer, late)
  return lateFound(flood, late)
}

/** Whether the one who read late has everything. What is written for it once more may come behind all the rest. */
function lateFound(flood: Flood, late: PeerStream): Found | undefined {
  const flaw = troubleOf(flood.flawOf(standingOn(late).events))
  if (!flaw) return undefined
  const expected = `messages 1 to ${flood.last + 1}, once and in order, for a client that reads late`
  const fault = flaw.kind === 'twice' || flaw.kind === 'torn' ? flaw.kind : 'lost'
  return { check: 'patient', report: { expected, received: flaw.received, fault, at: WRITTEN } }
}

/** More than the bound waits for the one who does not read. */
async function sendMany(flood: Flood, clients: Clients): Promise<Found | undefined> {
  const { peer, still, beside } = clients
  for (const [count, sign] of [[MANY - SOME, SIGN], [ALL - MANY]] as const) {
    const trouble = await flood.send(count, SIZE, sign)
    if (trouble) return othersFound(trouble)
    if (!(await reads(flood, peer, beside))) return othersFound(flood.blocked)
    const most = await mostThatWaits(flood.server)
    if (most.bytes <= TOO_MUCH) continue
    const expected = `at most ${kib(BOUND)} that wait for a client, with MAX_BUFFER=${BOUND}`
    const received = `${kib(most.bytes)} that wait for one that reads nothing`
    const fault = (await countsCharacters(flood, clients, most)) ? 'characters' : undefined
    return { check: 'bounded', report: { expected, received, fault, at: WRITTEN } }
  }
  if (await ends(flood.server, peer, still)) return undefined
  // It has not ended the stream, and keeps little for it: then the rest must come from its log, or from a queue.
  peer.give(still, ROOM)
  await reads(flood, peer, still)
  const flaw = troubleOf(flood.flawOf(standingOn(still).events))
  const expected = `the end of a stream for which more than ${kib(BOUND)} would wait, with MAX_BUFFER=${BOUND}`
  if (endOf(still)) {
    const received = 'its end only when the client had read what waited'
    return { check: 'at-once', report: { expected, received, at: ENDED } }
  }
  if (!flaw) return undefined
  const received = `an open stream, and on it ${flaw.received}`
  const fault = flaw.kind === 'lost' ? 'lost' : 'spoilt'
  return { check: 'at-once', report: { expected, received, fault, at: WRITTEN } }
}

/** Whether there is a bound, and it counts characters: then the stream ends when as many of them wait. */
async function countsCharacters(
  flood: Flood,
  { peer, still }: Clients,
  { bytes, counted }: Waiting,
): Promise<boolean> {
  if (counted === bytes || endOf(still)) return false
  await flood.send(ALL - MANY, SIZE)
  return ends(flood.server, peer, still)
}

/** Whether those who read have everything, and are still there. */
async function lookAround(flood: Flood, { peer, beside, late }: Clients): Promise<Found | undefined> {
  for (const stream of [beside, late]) {
    if (!endOf(stream) && peer.endedAt === undefined) continue
    const received = `${endText(stream)}, where another stream of the same connection is not read`
    return othersFound({ kind: 'connection', received })
  }
  await reads(flood, peer, late)
  const flaw = flood.troubleOfFast ?? troubleOf(flood.flawOf(standingOn(beside).events))
  return lateFound(flood, late) ?? (flaw && othersFound(flaw))
}
