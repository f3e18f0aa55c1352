/**
 * A server that is told no MAX_BUFFER, and keeps few messages. Some clients never read, others take nothing from their
 * socket; much is sent past them, and its memory is counted.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { MOST, Peer, type PeerStream, WINDOW } from '../support/client/peer.ts'
import type { Ending } from '../support/ending.ts'
import { settle } from '../support/server/counting.ts'
import type { Sample } from '../support/server/types.ts'
import type { CheckContext } from '../support/subject.ts'
import { mostThatWaits } from './clients.ts'
import { ARRIVAL_MS, Flood } from './flood.ts'
import { endOf } from './reading.ts'
import { type Found, type Name, watchInStages } from './stages.ts'
import { kib, othersFound, WRITTEN } from './telling.ts'

/** What may wait when nobody says how much, in bytes, and the most that it may be. */
const BOUND = 2 ** 20
const TOO_MUCH = 1.5 * BOUND

/** Messages of so many bytes, of which the log keeps so many: what is kept does not grow any more. */
const SIZE = 60_000
const KEPT = 16

/** So many messages are less than the bound, and the next make it much more. */
const SOME = 13
const MANY = 18

/** So many fill what the systems of both sides keep on the way to the sockets that stand still, and the bound as well. */
const FILL = 31

/** So many are sent past all of them, and the memory does not grow by more than half of that. */
const MORE = 24
const GROWTH = (MORE * SIZE) / 2

/** How many streams do not read, and how many are on a socket that stands still: they fill it the sooner. */
const STILL = 3
const STUCK = 24

/** So many looks, with so many milliseconds in between, until those who left are gone: counting takes longer. */
const LOOKS = 20
const LOOK_MS = 5

/** What is told of it, besides what is about everyone else. */
export const AT_LENGTH: readonly Name[] = ['default', 'memory', 'nothing-left']

export async function watchAtLength(context: CheckContext): Promise<Ending<Name> | undefined> {
  await using server = await context.start({ env: { TICK_MS: '0', LOG_SIZE: String(KEPT) } })
  const still = await Peer.connect(context, server.origin, WINDOW)
  const streams = Array.from({ length: STILL }, () => still.ask())
  await still.until(() => streams.every(({ body }) => body.length > 0), ARRIVAL_MS)
  const flood = await Flood.begin(context, server)
  await flood.begins(1, SIZE)
  const before = await server.sample()
  const stuck = await Peer.connect(context, server.origin, MOST)
  return await watchInStages(server, [
    { checks: ['default'], watch: () => sendSome(flood, streams) },
    { checks: ['default'], watch: () => sendMany(flood) },
    { checks: ['memory'], watch: () => fillSocket(flood, stuck) },
    { checks: ['memory'], watch: () => sendMore(flood) },
    { checks: ['nothing-left'], watch: () => leave(flood, before, [still, stuck]) },
  ])
}

async function sendSome(flood: Flood, streams: PeerStream[]): Promise<Found | undefined> {
  const trouble = await flood.send(SOME, SIZE)
  if (trouble) return othersFound(trouble)
  if (streams.every((stream) => !endOf(stream))) return undefined
  const expected = `an open stream while ${kib(SOME * SIZE)} were sent, and MAX_BUFFER is not set`
  return {
    check: 'default',
    report: { expected, received: 'the end of the stream', fault: 'soon', at: WRITTEN },
  }
}

async function sendMany(flood: Flood): Promise<Found | undefined> {
  const trouble = await flood.send(MANY, SIZE)
  if (trouble) return othersFound(trouble)
  const received = await excessOf(flood)
  const expected = 'at most 1 MiB that waits for a client when MAX_BUFFER is not set'
  return received ? { check: 'default', report: { expected, received, at: WRITTEN } } : undefined
}

async function fillSocket(flood: Flood, stuck: Peer): Promise<Found | undefined> {
  for (let i = 0; i < STUCK; i++) stuck.ask()
  await stuck.until(({ streams }) => streams.every(({ body }) => body.length > 0), ARRIVAL_MS)
  stuck.standStill()
  const trouble = await flood.send(FILL, SIZE)
  if (trouble) return othersFound(trouble)
  const received = await excessOf(flood)
  const expected = 'at most 1 MiB that waits for a client whose connection takes no bytes'
  return received
    ? { check: 'memory', report: { expected, received, fault: 'stuck', at: WRITTEN } }
    : undefined
}

async function sendMore(flood: Flood): Promise<Found | undefined> {
  const { server } = flood
  const before = memoryOf(await server.sample())
  const trouble = await flood.send(MORE, SIZE)
  if (trouble) return othersFound(trouble)
  const growth = memoryOf(await server.sample()) - before
  if (growth <= GROWTH) return undefined
  return {
    check: 'memory',
    report: {
      expected: `no more memory while ${kib(MORE * SIZE)} are sent past ${STILL + STUCK} streams that are not read`,
      received: `${kib(growth)} more`,
      at: WRITTEN,
    },
  }
}

async function leave(flood: Flood, before: Sample, peers: Peer[]): Promise<Found | undefined> {
  for (const peer of peers) peer.leave()
  for (let looks = 0; looks < LOOKS && (await flood.server.waiting()).length > 1; looks++)
    await delay(LOOK_MS)
  const bound = { ...before, listeners: Number.POSITIVE_INFINITY }
  const after = await settle(flood.server, bound, () => flood.send(1, SIZE))
  const streams = after.closedStreams - before.closedStreams
  const timers = after.timers - before.timers
  if (streams <= 0 && timers <= 0) return undefined
  const received = streams > 0 ? `${streams} streams in memory` : `${timers} timers that still run`
  return {
    check: 'nothing-left',
    report: { expected: 'nothing that is left of clients that are gone', received },
  }
}

function memoryOf({ memory }: Sample): number {
  return memory.heapUsed + memory.external
}

/** How much waits for one client, if it is too much. */
async function excessOf({ server }: Flood): Promise<string | undefined> {
  const { bytes } = await mostThatWaits(server)
  return bytes > TOO_MUCH ? `${kib(bytes)} that wait for one` : undefined
}
