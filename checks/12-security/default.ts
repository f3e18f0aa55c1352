/** How many places there are when nobody says how many. */
import type { Report } from '../support/failure.ts'
import { come } from '../support/traffic/leaving.ts'
import { ask, EVENTS, leave, PATIENCE_MS } from './asking.ts'
import type { Guard } from './guard.ts'

const DEFAULT = 1000

/** They come over so many connections: a browser asks for no more than 100 streams at a time on one. */
const CONNECTIONS = 10

/** Streams that were asked about before have left by now, and one listens. */
export async function judgeDefault({ context, server, client, shown }: Guard): Promise<Report | undefined> {
  let count = 1
  for (let i = 0; i < CONNECTIONS; i++) {
    const each = await context.connect(server.origin)
    const streams = come(each, Math.min(DEFAULT / CONNECTIONS, DEFAULT - count), shown)
    const heads = await Promise.all(streams.map((stream) => stream.headWithin(PATIENCE_MS)))
    count += heads.filter((head) => head?.status === 200).length
  }
  const next = await ask(client, { ...EVENTS, headers: shown })
  leave([next])
  const expected = `${DEFAULT} streams, and then 503, when MAX_STREAMS is not set`
  const at = { call: 'respond', path: '/events' } as const
  if (count < DEFAULT) return { expected, received: `${count} streams`, at }
  return next.head?.status === 200
    ? { expected, received: `${DEFAULT + 1} streams`, fault: 'more', at }
    : undefined
}
