/** A connection that takes no more bytes, as when a machine has gone in the middle of much that it is sent. */
import { setTimeout as delay } from 'node:timers/promises'
import { connectionOf } from '../support/client/connection.ts'
import { eventsOf } from '../support/traffic/events.ts'
import { sendMessage } from '../support/traffic/messages.ts'
import { PingedPeer } from './peer.ts'
import { GONE } from './pings.ts'
import type { Finding } from './silence.ts'
import type { Watch } from './watch.ts'

/** More bytes than the systems of both sides keep on the way: in messages that any server takes. */
const MESSAGES = 100
const BIG = 'x'.repeat(64_000)

/** Between two looks at the server, in milliseconds. */
const PAUSE_MS = 10

/**
 * Somebody comes back who missed much, and takes none of it. What is written to him stands still in the server, and what
 * it destroys closes no sooner than that has gone out.
 */
export async function hearStuck(watch: Watch): Promise<void> {
  const { context, server, heartbeat, client, streams, slow, patience } = watch
  const id = streams
    .map(({ exchange }) => eventsOf(exchange).at(-1)?.lastEventId)
    .find((id) => id !== undefined)
  if (!id) return // which lesson 9 is about
  for (const { exchange } of streams) exchange.reset()
  slow?.leave()
  const heads = Array.from({ length: MESSAGES }, () => sendMessage(client, BIG).headWithin(patience))
  await Promise.all(heads)
  const { streams: before } = await server.sample()
  await PingedPeer.open(context, server.origin, { streams: 1, missedSince: id })
  const isThere = async () => (await server.sample()).streams > before
  await waitFor(isThere, patience)
  watch.isStuck = !(await waitFor(async () => !(await isThere()), GONE * heartbeat + patience))
  // It might end of what it does next: by the second PING from now it has done so.
  const pings = () => connectionOf(client.session)?.pings ?? 0
  const now = pings()
  await waitFor(async () => server.exit !== undefined || pings() >= now + 2, 2 * heartbeat + patience)
}

/** Whether something that has to be asked for holds within `ms` milliseconds. */
async function waitFor(test: () => Promise<boolean>, ms: number): Promise<boolean> {
  const end = performance.now() + ms
  for (;;) {
    if (await test()) return true
    if (performance.now() > end) return false
    await delay(PAUSE_MS)
  }
}

export function judgeStuck({ isStuck }: Watch): Finding | undefined {
  if (!isStuck) return undefined
  return {
    expected: `a connection that takes no more bytes and answers no PING, gone within ${GONE} × HEARTBEAT_MS`,
    received: 'a stream that is still open',
    fault: 'stuck',
  }
}
