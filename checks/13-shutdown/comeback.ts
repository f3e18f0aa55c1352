/** The next server on the same port: everyone comes back to it. Then SIGINT ends it, and some clients never let go. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { Misfortune } from '../support/failure.ts'
import { deathFailure } from '../support/server/death.ts'
import type { Exit } from '../support/server/types.ts'
import type { CheckContext } from '../support/subject.ts'
import { openEvents } from '../support/traffic/events.ts'
import { connectAll, LONG, over, SLACK_MS, TICK_MS } from './farewell.ts'
import { enter, type Leave, leaveOf } from './guests.ts'
import { publish } from './publish.ts'
import { openWitness } from './witness.ts'

/** They come back over so many connections. */
const CONNECTIONS = 6

/** How long a client waits for what comes at once, in milliseconds. */
const SOON_MS = 1000

export interface Comeback {
  /** The status that each client got when it came back; undefined for none. */
  statuses: (number | undefined)[]
  /** How those who read were seen off. */
  readers: Leave[]
  exit?: Exit
  /** SHUTDOWN_MS, and how long after the signal the process ended, both in milliseconds. */
  patience: number
  after: number
}

/** @param ids what the clients come back with; empty for one that has no id */
export async function watchComeback(
  context: CheckContext,
  port: number,
  ids: readonly string[],
  patience: number,
): Promise<Comeback> {
  await using server = await context.start({ port, env: { TICK_MS, SHUTDOWN_MS: String(patience) } })
  const [own, ...clients] = await connectAll(context, 1 + CONNECTIONS, server.origin)
  if (!own) throw new Error('there is a connection')

  const frozen = await openEvents(context, own)
  frozen.pause() // for good, and soon with more than its window has room for
  for (const text of LONG) await publish(context, own, text)
  const silent = connect(port, 'localhost') // never begins its handshake
  silent.on('error', () => {})
  await once(silent, 'connect')

  const witness = await openWitness(context, server.origin, SOON_MS)
  const guests = clients.flatMap((client, i) =>
    ids.filter((_, j) => j % CONNECTIONS === i).map((id) => enter(client, id)),
  )
  const heads = await Promise.all(guests.map(({ exchange }) => exchange.head.catch(() => undefined)))
  server.signal('SIGINT')
  const begun = performance.now()
  const died = server.exited.then(() => performance.now() - begun)
  const left = () => Math.max(0, begun + patience + SLACK_MS - performance.now())
  await over(guests, left())
  await server.diedWithin(left())
  const after = (await Promise.race([died, undefined])) ?? performance.now() - begun
  if (server.exit?.crash) throw new Misfortune(deathFailure(server))
  silent.destroy()
  return {
    statuses: heads.map((head) => head?.status),
    readers: await Promise.all(guests.map((guest) => leaveOf(guest, witness.ended))),
    exit: server.exit,
    patience,
    after,
  }
}
