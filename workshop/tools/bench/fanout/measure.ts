/** One server before one audience: what an event costs it, and what a stream that waits does. */
import { Audience, type Shape } from './audience.ts'
import { Server } from './server.ts'

/** What one kind of event cost. */
export interface Cost {
  /** Processor time of the server's process for each event delivered to one client, in microseconds. */
  cpu: number
  /** Events delivered in a second, all clients together. */
  rate: number
  /** 99 of 100 events were with their client after so many milliseconds. */
  p99: number
}

/** What one stream that waits takes of the server's memory, in bytes. */
export interface Memory {
  rss: number
  heap: number
}

/** How many events go out in one turn. */
export const KINDS = { single: 1, burst: 10 } as const
export type Kind = keyof typeof KINDS

/** So much of the time goes first, unmeasured, until the compiler knows what is done all the time. */
const WARM_UP = 1 / 3

/** What comes in before memory is first looked at, so that what is made once is no stream's. */
const FIRST_STREAMS = 20

/** So that the lesson's limit is never what is measured. */
export const PLACES = { MAX_STREAMS: '100000' }

/**
 * Sends event after event, the next one when all clients have the one before, for each kind in turn.
 *
 * @param ms how long each kind is measured, in milliseconds
 */
export async function measureCosts(
  program: string,
  shape: Shape,
  ms: number,
  signal: AbortSignal,
): Promise<Record<Kind, Cost>> {
  await using server = await Server.start(program, PLACES)
  await using audience = await Audience.open(server.origin, shape, signal)
  const cost = async (kind: Kind): Promise<Cost> => {
    const deliveries = shape.streams * KINDS[kind]
    const send = async (time: number) => {
      const end = performance.now() + time
      let count = 0
      for (; count === 0 || performance.now() < end; count++) {
        const all = audience.receive(deliveries, signal)
        server.publish(KINDS[kind])
        await all
      }
      return count * deliveries
    }
    await send(ms * WARM_UP)
    const before = await server.usage()
    const started = performance.now()
    audience.delays = []
    const count = await send(ms)
    const seconds = (performance.now() - started) / 1000
    const { cpu } = await server.usage()
    return { cpu: (cpu - before.cpu) / count, rate: count / seconds, p99: percentile(audience.delays, 0.99) }
  }
  return { single: await cost('single'), burst: await cost('burst') }
}

/** Memory that streams hold while nothing is sent, after the garbage is collected. */
export async function measureMemory(program: string, shape: Shape, signal: AbortSignal): Promise<Memory> {
  await using server = await Server.start(program, PLACES)
  await using _ = await Audience.open(server.origin, { streams: FIRST_STREAMS, connections: 1 }, signal)
  const before = await server.usage(true)
  await using __ = await Audience.open(server.origin, shape, signal)
  const after = await server.usage(true)
  return {
    rss: (after.rss - before.rss) / shape.streams,
    heap: (after.heap - before.heap) / shape.streams,
  }
}

/** @param part between 0 and 1 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
