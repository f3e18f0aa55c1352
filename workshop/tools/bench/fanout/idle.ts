/** `--idle 10000`: streams that wait, many of them, then one event for all. */
import { setTimeout as delay } from 'node:timers/promises'
import { Audience } from './audience.ts'
import { PLACES, percentile } from './measure.ts'
import { Server } from './server.ts'
import { type Measured, writePrograms } from './servers.ts'
import { kilobytes, number } from './table.ts'

/** So many streams share a connection. */
const A_CONNECTION = 50

/** How long they wait, in milliseconds: every stream gets its comment meanwhile, twice. */
const HEARTBEAT_MS = 15_000
const WAIT_MS = 2 * HEARTBEAT_MS

/** @param streams how many */
export async function benchIdle(ours: Measured, streams: number, signal: AbortSignal): Promise<void> {
  const [program = ''] = writePrograms([ours])
  const connections = Math.ceil(streams / A_CONNECTION)
  await using server = await Server.start(program, { ...PLACES, HEARTBEAT_MS: String(HEARTBEAT_MS) })
  await using _ = await Audience.open(server.origin, { streams: 20, connections: 1 }, signal)
  const empty = await server.usage(true)
  let started = performance.now()
  await using audience = await Audience.open(server.origin, { streams, connections }, signal)
  console.log(
    `  ${number(streams)} streams on ${number(connections)} connections came in ${seconds(started)}`,
  )
  const full = await server.usage(true)
  console.log(`  a stream takes   ${kilobytes((full.heap - empty.heap) / streams)} KB in use`)
  console.log(
    `                   ${kilobytes((full.rss - empty.rss) / streams)} KB of RSS, ${megabytes(full.rss)} MB in all`,
  )
  await delay(WAIT_MS, undefined, { signal })
  const waited = await server.usage()
  const share = (waited.cpu - full.cpu) / (WAIT_MS * 1000)
  console.log(
    `  waiting takes    ${(share * 100).toFixed(1)} % of a processor: a comment each ${HEARTBEAT_MS / 1000} s for all of them`,
  )
  started = performance.now()
  const all = audience.receive(streams, signal)
  server.publish(1)
  await all
  const { cpu } = await server.usage()
  console.log(
    `  one event        was with the last of them after ${seconds(started)}, with half of them after ${(percentile(audience.delays, 0.5) / 1000).toFixed(2)} s`,
  )
  console.log(
    `                   took ${((cpu - waited.cpu) / 1000).toFixed(0)} ms of processor time, ${((cpu - waited.cpu) / streams).toFixed(1)} µs a stream\n`,
  )
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(2)} s`
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0)
}
