/** Those who come back for what they missed, and read it or do not; and a message that is larger than the bound. */
import { Peer } from '../support/client/peer.ts'
import type { CheckContext } from '../support/subject.ts'
import { BOUND, type Clients, has, mostThatWaits, SIZE, TOO_MUCH } from './clients.ts'
import { comeBack } from './coming-back.ts'
import { ARRIVAL_MS, type Flood, troubleOf } from './flood.ts'
import { endOf, standingOn } from './reading.ts'
import type { Found } from './stages.ts'
import { foundAs, kib, othersFound, WRITTEN } from './telling.ts'

/** So many come back for what they missed, and read none of it. */
const BACK = 6

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
  return foundAs('back', await comeBack(context, flood, standing))
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
  peer.leave()
  if (most <= TOO_MUCH) return undefined
  const missed = kib(flood.last * SIZE)
  return {
    check: 'catch-up',
    report: {
      expected: `at most ${kib(BOUND)} that wait for a client that missed ${missed}, with MAX_BUFFER=${BOUND}`,
      received: `${kib(most)} that wait for one that reads nothing`,
      at: WRITTEN,
    },
  }
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
