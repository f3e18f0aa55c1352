/** SIGTERM while 200 clients listen: some read, some are in the middle of an event, and some have no answer yet. */
import { setImmediate as turn } from 'node:timers/promises'
import { ConnectError } from '../support/client/tls.ts'
import { Misfortune } from '../support/failure.ts'
import { deathFailure } from '../support/server/death.ts'
import type { LearnerServer } from '../support/server/server.ts'
import type { Exit } from '../support/server/types.ts'
import type { CheckContext } from '../support/subject.ts'
import { eventsOf, openEvents } from '../support/traffic/events.ts'
import { within } from '../support/waiting.ts'
import { enter, enterAll, type Guest, type Leave, leaveOf } from './guests.ts'
import { Latecomer } from './latecomer.ts'
import { publish } from './publish.ts'
import { openWitness } from './witness.ts'

/** Readers are on this many connections, and so many on each. */
const CONNECTIONS = 7
const STREAMS = 26

/** So many clients do not read for a while: some have all that was sent, some are in the middle of it. */
const PAUSED = 5
const AMID = 5

/** How long they do not read, in milliseconds: a server that ends all the same has not waited for them. */
const REST_MS = 300

/** So many have asked, and have no answer yet when the signal comes. */
const UNANSWERED = 8

/** Often enough that ticks come while clients leave, and seldom enough for a busy machine: in milliseconds. */
export const TICK_MS = '200'

/** More than a client takes that does not read: the rest waits in the server until it does. */
export const LONG = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(60_000))

/** What everyone has to have: it was taken just before the signal. */
export const LAST_WORDS = 'The last words'

/** How much longer than SHUTDOWN_MS a server may take on a busy machine, in milliseconds. */
export const SLACK_MS = 2500

/** How long a client waits for what comes at once, in milliseconds. */
const SOON_MS = 1000

export interface Farewell {
  readers: Leave[]
  /** Those who did not read for a while: the last of them are in the middle of an event. */
  paused: Leave[]
  amid: Leave[]
  /** Those who came too late: before the signal and without an answer, or with a handshake behind it. */
  late: (Leave & { isPrompt: boolean })[]
  /** The codes of the GOAWAY frames: one for each connection, undefined where none came. */
  goaways: (number | undefined)[]
  /** What a new connection got: it was refused, or taken, and answered with this status. */
  door: 'refused' | 'taken' | number
  exit?: Exit
  /** SHUTDOWN_MS, and how long after the signal the process ended, both in milliseconds. */
  patience: number
  after: number
  port: number
}

/** @param patience the value of SHUTDOWN_MS */
export async function watchFarewell(context: CheckContext, patience: number): Promise<Farewell> {
  await using server = await context.start({ env: { TICK_MS, SHUTDOWN_MS: String(patience) } })
  const { origin } = server
  using latecomer = await Latecomer.dial(origin)
  const clients = await connectAll(context, CONNECTIONS + 3, origin)
  const [one, other, quiet, ...rest] = clients
  if (!one || !other || !quiet) throw new Error('there are connections')
  const first = await openEvents(context, quiet)
  await first.until(() => idOf(first) !== '', SOON_MS)
  const id = idOf(first) // before the long ones
  for (const text of LONG) await publish(context, quiet, text)
  await first.until(() => LONG.every((text) => hasMessage(first, text)), SOON_MS) // it is all on its way then
  const witness = await openWitness(context, origin, SOON_MS) // it makes no room for the long ones
  const amid = Array.from({ length: AMID }, () => enter(quiet, id))
  for (const { exchange } of amid) exchange.pause()
  await areAnswered(amid) // they come first: nobody behind them is to wait for them
  const readers = enterAll(rest, STREAMS)
  const paused = Array.from({ length: PAUSED }, () => enter(quiet))
  await areAnswered([...readers, ...paused])
  for (const { exchange } of paused) exchange.pause()
  await publish(context, quiet, LAST_WORDS)

  const unanswered: Guest[] = []
  await server.standStill(async () => {
    for (let i = 0; i < UNANSWERED; i++) unanswered.push(enter(i % 2 ? one : other))
    await turn() // what was asked is written then
    server.signal('SIGTERM')
  })
  const begun = performance.now()
  const died = server.exited.then(() => performance.now() - begun)
  const left = () => Math.max(0, begun + patience + SLACK_MS - performance.now())

  await over(readers, left())
  const door = await knock(context, server)
  const client = await latecomer.arrive()
  const late = client ? [...unanswered, enter(client)] : unanswered
  await server.diedWithin(REST_MS)
  for (const { exchange } of [...paused, ...amid]) exchange.resume()
  const prompt = late.map(async ({ exchange }) => {
    await within(exchange.done, left())
    return exchange.over && performance.now() - begun < 0.9 * patience
  })
  const arePrompt = await Promise.all(prompt)
  await over([...paused, ...amid], left())
  await server.diedWithin(left())
  const after = (await Promise.race([died, undefined])) ?? performance.now() - begun
  if (server.exit?.crash) throw new Misfortune(deathFailure(server))
  const leavesOf = (guests: Guest[]) => Promise.all(guests.map((guest) => leaveOf(guest, witness.ended)))
  return {
    readers: await leavesOf(readers),
    paused: await leavesOf(paused),
    amid: await leavesOf(amid),
    late: (await leavesOf(late)).map((leave, i) => ({ ...leave, isPrompt: arePrompt[i] === true })),
    goaways: clients.map(({ goawayReceived }) => goawayReceived?.code),
    door,
    exit: server.exit,
    patience,
    after,
    port: server.port,
  }
}

export function connectAll(context: CheckContext, count: number, origin: string) {
  return Promise.all(Array.from({ length: count }, () => context.connect(origin)))
}

async function areAnswered(guests: readonly Guest[]): Promise<void> {
  await Promise.all(guests.map(({ exchange }) => exchange.head.catch(() => {})))
}

/** Waits until all of them are over, or so many milliseconds. */
export async function over(guests: readonly Guest[], ms: number): Promise<void> {
  await within(Promise.all(guests.map(({ exchange }) => exchange.done)), ms)
}

function hasMessage(exchange: Guest['exchange'], text: string): boolean {
  return eventsOf(exchange).some(({ data }) => data === text)
}

function idOf(exchange: Guest['exchange']): string {
  return eventsOf(exchange).at(-1)?.lastEventId ?? ''
}

/** Asks for a new connection, and on it for the stream. A server that has ended takes none. */
async function knock(context: CheckContext, server: LearnerServer): Promise<Farewell['door']> {
  if (server.exit) return 'refused'
  try {
    const client = await context.connect(server.origin)
    return (await client.get('/events').headWithin(SOON_MS))?.status ?? 'taken'
  } catch (error) {
    if (error instanceof ConnectError) return 'refused'
    return 'taken' // and was gone again before anything could be asked
  }
}
