/** What becomes of the place of a stream that the server ends itself, as lesson 11 has it. */
import type { Exchange } from '../support/client/exchange.ts'
import type { Report } from '../support/failure.ts'
import { settle } from '../support/traffic/abuse.ts'
import { eventsOf } from '../support/traffic/events.ts'
import { come, SESSIONS } from '../support/traffic/leaving.ts'
import { ask, MESSAGE, PATIENCE_MS } from './asking.ts'
import { COOKIE } from './guard.ts'
import { fill, GET, PLACES, type Room, vacate } from './places.ts'

/** What `MAX_BUFFER` is, in bytes: little, so that few messages are more than that. */
export const BUFFER = 64 * 1024

/** So many messages of so many bytes are more than a connection has room for, and the bound for each stream as well. */
const MESSAGES = 4
const SIZE = 60_000

/** So often all places are tried to be taken, each time for a while. */
const ROUNDS = 3

/**
 * As many come as there are places, and read nothing while much is sent. Then as many come back for it, which is too much
 * at once. The server ends them, and all places are free again. Begins with all places taken.
 */
export async function judgeEvicted(room: Room): Promise<Report | undefined> {
  await vacate(room, room.streams.length)
  const id = await idOf(room)
  const still = comeAll(room)
  await Promise.all(still.map((stream) => stream.headWithin(PATIENCE_MS)))
  for (const stream of still) stream.pause()
  for (let i = 0; i < MESSAGES; i++) await post(room, `${i}`.repeat(SIZE))
  for (const stream of still) stream.resume() // the end of some stands behind what they have not read
  const wrong = await placesFault(room, still, 'did not read')
  if (wrong || !id) return wrong
  await vacate(room, room.streams.length)
  const back = comeAll(room, id)
  await Promise.all(back.map((stream) => stream.until(() => bytesOf(stream) > MESSAGES * SIZE, PATIENCE_MS)))
  return placesFault(room, back, 'had missed too much')
}

/** What a client has who has missed nothing. */
async function idOf(room: Room): Promise<string | undefined> {
  const [client] = room.clients
  if (!client) return undefined
  const { exchange } = await ask(client, GET)
  await post(room, 'The first message')
  await exchange.until(() => eventsOf(exchange).some(({ type }) => type === 'message'), PATIENCE_MS)
  exchange.reset()
  return eventsOf(exchange).at(-1)?.lastEventId
}

function comeAll({ clients }: Room, id?: string): Exchange[] {
  const headers = { ...COOKIE, ...(id && { 'last-event-id': id }) }
  return clients.flatMap((client) => come(client, PLACES / SESSIONS, headers))
}

/** Sends a message to everyone, over a connection on which nobody stands still. */
async function post({ context, server }: Room, body: string): Promise<void> {
  await using client = await context.connect(server.origin)
  await ask(client, { ...MESSAGE, headers: COOKIE, body })
}

/** Who was not ended leaves now. A busy machine has much to write before it sees that. */
async function placesFault(room: Room, streams: Exchange[], what: string): Promise<Report | undefined> {
  for (const stream of streams) if (!stream.over) stream.reset()
  let count = 0
  for (let round = 0; round < ROUNDS && count < PLACES; round++) {
    await Promise.all(room.clients.map(settle))
    count = await fill(room)
  }
  if (count === PLACES) return undefined
  return {
    expected: `${PLACES} free places when you have ended ${PLACES} streams whose clients ${what}`,
    received: `${count} of them`,
    fault: 'evicted',
    at: { call: 'respond', path: '/events' },
  }
}

function bytesOf({ chunks }: Exchange): number {
  return chunks.reduce((sum, { bytes }) => sum + bytes.length, 0)
}
