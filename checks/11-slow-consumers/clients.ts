/** Who is connected to a server while much is sent: three streams of one connection, and what becomes of them. */
import { Peer, type PeerStream } from '../support/client/peer.ts'
import type { LearnerServer } from '../support/server/server.ts'
import type { Waiting } from '../support/server/types.ts'
import type { CheckContext } from '../support/subject.ts'
import { ARRIVAL_MS, type Flood } from './flood.ts'
import { endOf, standingOn } from './reading.ts'

/** What the server is given, in bytes, and the most that it may let wait: some servers count without the newest. */
export const BOUND = 256 * 1024
export const TOO_MUCH = 1.5 * BOUND

/** Of so many bytes is a message: a stream has room for two on the way, and the rest waits. */
export const SIZE = 30_000

/** More room than all messages need, in bytes. */
export const ROOM = 64 * 2 ** 20

/** So many looks at the server, with so many milliseconds in between, show whether it ends a stream. */
const LOOKS = 10
const LOOK_MS = 20

/** Reads at once, late, and never. */
export interface Clients {
  peer: Peer
  beside: PeerStream
  late: PeerStream
  still: PeerStream
}

export async function come(context: CheckContext, server: LearnerServer): Promise<Clients> {
  const peer = await Peer.connect(context, server.origin)
  const [beside, late, still] = [peer.ask(), peer.ask(), peer.ask()]
  peer.give(beside, ROOM)
  const isThere = () => [late, still, beside].every(({ body }) => body.length > 0)
  await peer.until(isThere, ARRIVAL_MS)
  return { peer, late, still, beside }
}

/** Whether somebody who reads has the newest message, or is ended. */
export function reads(flood: Flood, peer: Peer, stream: PeerStream): Promise<boolean> {
  const isOver = () => endOf(stream) !== undefined || peer.endedAt !== undefined
  return peer.until(() => has(flood, stream, flood.last) || isOver(), ARRIVAL_MS)
}

/** Whether somebody has received the message at a place. */
export function has(flood: Flood, stream: PeerStream, place: number): boolean {
  return flood.placesOf(standingOn(stream).events).includes(place)
}

/** Whether the server ends a stream that is not read: it knows before the client does. */
export async function ends(server: LearnerServer, peer: Peer, stream: PeerStream): Promise<boolean> {
  const isOver = () => endOf(stream) !== undefined || peer.endedAt !== undefined
  const { length } = await server.waiting()
  for (let looks = 0; looks < LOOKS && !isOver(); looks++) {
    await peer.until(isOver, LOOK_MS)
    if ((await server.waiting()).length < length) await peer.until(isOver, ARRIVAL_MS)
  }
  return isOver()
}

/** How a stream that is over came to its end, as a learner reads it. */
export function endText(stream: PeerStream): string {
  const how = endOf(stream)
  if (how === undefined) return 'the end of the connection'
  return how === 'reset' ? `a reset of the stream` : 'the end of the stream'
}

/** What waits for the client for which most waits. It is counted in the server. */
export async function mostThatWaits(server: LearnerServer): Promise<Waiting> {
  const waiting = await server.waiting()
  return waiting.reduce((most, each) => (each.bytes > most.bytes ? each : most), { bytes: 0, counted: 0 })
}
