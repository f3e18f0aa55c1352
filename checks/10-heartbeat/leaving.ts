/** What is left of clients when they have gone: timers of their streams, and of their connections. */
import { setImmediate as turn } from 'node:timers/promises'
import { rest, settle } from '../support/server/counting.ts'
import type { Sample } from '../support/server/types.ts'
import { come } from '../support/traffic/leaving.ts'
import type { Finding } from './silence.ts'
import { commentsOf, type Watch } from './watch.ts'

/** How many streams leave on a connection that stays, and how many connections leave. */
const STREAMS = 12
const CONNECTIONS = 6

/** More timers than this are a leak: a right server leaves none. */
const TIMERS = 2

/** Lets streams leave, and then connections, while one client stays. */
export async function hearLeaving(watch: Watch): Promise<void> {
  const { context, server, client } = watch
  const before = await rest(server)
  const crowd = come(client, STREAMS)
  const heads = await Promise.all(crowd.map((stream) => stream.headWithin(watch.patience)))
  if (heads.includes(undefined)) return // their connection is lost
  // Half of the next leave before their answer has begun.
  await server.standStill(async () => {
    const early = come(client, STREAMS / 2)
    for (const stream of [...early, ...crowd]) stream.reset()
    await Promise.all([...early, ...crowd].map(({ done }) => done))
    await turn() // a session writes its resets once the write before has been made
  })
  const streams = await timersLeft(watch, before)
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => context.connect(server.origin)))
  await Promise.all(clients.map((each) => each.get('/events').headWithin(watch.patience)))
  for (const each of clients) each.destroy()
  watch.left = { streams, connections: (await timersLeft(watch, before)) - streams }
}

/** How many timers there are more than before, once they get no fewer. One that stops at its next turn may do so. */
async function timersLeft(watch: Watch, before: Sample): Promise<number> {
  const [stayer] = watch.streams
  const bound = { ...before, listeners: Number.POSITIVE_INFINITY, closedStreams: Number.POSITIVE_INFINITY }
  const after = await settle(watch.server, bound, async () => {
    if (!stayer) return
    const count = commentsOf(stayer, watch.heartbeat).length
    await stayer.exchange.until(() => commentsOf(stayer, watch.heartbeat).length >= count + 2, watch.patience)
  })
  return after.timers - before.timers
}

export function judgeTimers({ left }: Watch): Finding | undefined {
  if (left.streams > TIMERS) {
    return {
      expected: `no timer left of ${STREAMS * 1.5} streams that closed`,
      received: `${left.streams} timers that still run`,
    }
  }
  if (left.connections <= TIMERS) return undefined
  return {
    expected: `no timer left of ${CONNECTIONS} connections that closed`,
    received: `${left.connections} timers that still run`,
    fault: 'connections',
  }
}
