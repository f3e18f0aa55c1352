/** Those who come back for what they missed, and read it or do not; and a message that is larger than the bound. */
import { Peer, type PeerStream } from '../support/client/peer.ts'
import type { CheckContext } from '../support/subject.ts'
import { BOUND, type Clients, has, mostThatWaits, ROOM, SIZE, TOO_MUCH } from './clients.ts'
import { comeBack } from './coming-back.ts'
import { ARRIVAL_MS, type Flood, troubleOf } from './flood.ts'
import { endOf, standingOn } from './reading.ts'
import type { Found } from './stages.ts'
import { foundAs, kib, othersFound, WRITTEN } from './telling.ts'

/** So many come back for what they missed, and read none of it. */
const BACK = 6

/** So many messages are sent while they do not read. */
const MEANWHILE = 2

/** A message that is larger than the bound, in bytes. */
const LARGE = BOUND + 50_000

/** The one who did not read comes back for what it missed. */
export async function fetchMissed(
  context: CheckContext,
  flood: Flood,
  { still }: Clients,
): Promise<Found | undefined> {
  const standing = standingOn(still)
  const flaw = troubleOf(flood.flawOf(standing.events, -1, flood.placesOf(standing.events).at(-1) ?? -1))
  if (flaw) {
    const report = {
      expected: 'whole messages, in order, up to the end of a stream',
      received: flaw.received,
    }
    return { check: 'back', report: { ...report, fault: 'torn', at: WRITTEN } }
  }
  const report = await comeBack(context, flood, standing)
  if (report) return { check: 'back', report }
  const { count, at } = (await flood.server.sample()).writesAfterEnd
  if (count === 0) return undefined
  const expected = 'no write() to a stream after its end()'
  return { check: 'back', report: { expected, received: `${count} writes`, fault: 'after', at } }
}

/** Some come back from the beginning, and do not read what is sent again. */
export async function fetchAndNotRead(
  context: CheckContext,
  flood: Flood,
  { beside }: Clients,
): Promise<Found | undefined> {
  const [first] = standingOn(beside).events.filter(({ type, id }) => type === 'message' && id !== undefined)
  const peer = await Peer.connect(context, flood.server.origin)
  const streams = Array.from({ length: BACK }, () => peer.ask(first?.lastEventId))
  await peer.until(() => streams.every((stream) => has(flood, stream, 1) || endOf(stream)), ARRIVAL_MS)
  const most = await mostThatWaits(flood.server)
  if (most.bytes > TOO_MUCH) {
    const missed = kib(flood.last * SIZE)
    return {
      check: 'catch-up',
      report: {
        expected: `at most ${kib(BOUND)} that wait for a client that missed ${missed}, with MAX_BUFFER=${BOUND}`,
        received: `${kib(most.bytes)} that wait for one that reads nothing`,
        fault: most.counted < most.bytes ? 'characters' : undefined,
        at: WRITTEN,
      },
    }
  }
  const trouble = await flood.send(MEANWHILE, SIZE)
  if (trouble) return othersFound(trouble)
  const found = await readOn(context, flood, peer, streams[0] as PeerStream)
  if (!found) peer.leave() // some servers would die of it, and that is not what was found
  return found
}

/** One of them reads now: what it missed, and behind it what was sent meanwhile. One that was ended comes back for it. */
async function readOn(
  context: CheckContext,
  flood: Flood,
  peer: Peer,
  stream: PeerStream,
): Promise<Found | undefined> {
  const isOver = () => endOf(stream) !== undefined || peer.endedAt !== undefined
  const hasAll = () => flood.flawOf(standingOn(stream).events, 0) === undefined
  peer.give(stream, ROOM)
  await peer.until(() => isOver() || hasAll(), ARRIVAL_MS)
  const standing = standingOn(stream)
  const places = flood.placesOf(standing.events)
  const flaw = troubleOf(flood.flawOf(standing.events, 0, isOver() ? (places.at(-1) ?? 0) : flood.last))
  const expected = `messages 2 to ${flood.last + 1}, once and in order: the last ${MEANWHILE} were sent while it read nothing`
  if (flaw) {
    const fault = flaw.kind === 'lost' ? 'meanwhile' : 'mixed'
    return { check: 'back', report: { expected, received: flaw.received, fault, at: WRITTEN } }
  }
  if (!isOver()) return undefined
  const report = await comeBack(context, flood, standing, places.at(-1) ?? 0)
  return foundAs('back', report)
}

/** A message that is larger than the bound: for those who have read everything, and for one who comes back for it. */
export async function sendLarge(
  context: CheckContext,
  flood: Flood,
  { peer, late, beside }: Clients,
): Promise<Found | undefined> {
  const before = { events: [], lastEventId: standingOn(beside).lastEventId }
  const from = flood.last
  const taken = await flood.offer(LARGE)
  if (taken === 'blocked') return othersFound({ kind: 'blocked', received: 'no answer to POST /messages' })
  if (!taken) return undefined // a server that takes no such message has none to send
  const expected = `a message of ${kib(LARGE)}, with MAX_BUFFER=${BOUND}`
  const isThere = () => flood.troubleOfFast === undefined
  await flood.fast.until(isThere, ARRIVAL_MS)
  const streams = [beside, late]
  await peer.until(
    () => streams.every((stream) => has(flood, stream, flood.last) || endOf(stream)),
    ARRIVAL_MS,
  )
  const isOpen = !flood.fast.over && streams.every((stream) => !endOf(stream)) && peer.endedAt === undefined
  if (!isOpen || !isThere() || !streams.every((stream) => has(flood, stream, flood.last))) {
    const received = isOpen ? 'nothing on an open stream' : 'the end of the stream'
    const fault = isOpen ? 'lost' : undefined
    return {
      check: 'large',
      report: { expected, received: `${received}, for a client that had read all before`, fault },
    }
  }
  const trouble = await flood.send(1, SIZE)
  if (trouble) return othersFound(trouble)
  const report = await comeBack(context, flood, before, from)
  return foundAs('large', report && { ...report, fault: 'again' })
}
