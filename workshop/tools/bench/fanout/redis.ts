/** `--redis`: servers that share a log. All events come in at the first; each process delivers them to its own clients. */
import { Redis } from '../../../../checks/support/server/redis.ts'
import { Audience } from './audience.ts'
import { KINDS, PLACES, percentile } from './measure.ts'
import { Server } from './server.ts'
import { type Measured, writePrograms } from './servers.ts'
import { number } from './table.ts'

const PROCESSES = [1, 2, 3]

/** What each process has to serve. */
const SHAPE = { streams: 200, connections: 10 }

/** How long each number of processes is measured, in milliseconds. */
const MS = 4000

export async function benchRedis(ours: Measured, signal: AbortSignal): Promise<void> {
  const [program = ''] = writePrograms([ours])
  console.log(
    `  Servers with ${SHAPE.streams} clients each, one log in Redis, ${KINDS.burst} events at a time\n`,
  )
  console.log(
    `  ${'servers'.padEnd(9)}${'events/s'.padStart(10)}${'delivered/s'.padStart(13)}${'p99'.padStart(8)}${'redis'.padStart(8)}${'first'.padStart(8)}${'others'.padStart(8)}`,
  )
  for (const count of PROCESSES) console.log(await measure(program, count, signal))
  console.log(`
  p99    99 of 100 events were with their client after so many milliseconds
  redis, first, others
         processor time for each event, in microseconds: of Redis, of the server
         where events come in, and of each of the other servers\n`)
}

async function measure(program: string, count: number, signal: AbortSignal): Promise<string> {
  await using redis = await Redis.open()
  await using stack = new AsyncDisposableStack()
  const servers: Server[] = []
  const audiences: Audience[] = []
  for (let i = 0; i < count; i++) {
    const server = stack.use(await Server.start(program, { ...PLACES, REDIS_URL: redis.url }))
    servers.push(server)
    audiences.push(stack.use(await Audience.open(server.origin, SHAPE, signal)))
  }
  const send = async (ms: number) => {
    const end = performance.now() + ms
    let events = 0
    for (; performance.now() < end; events += KINDS.burst) {
      const all = audiences.map((audience) => audience.receive(SHAPE.streams * KINDS.burst, signal))
      servers[0]?.publish(KINDS.burst)
      await Promise.all(all)
    }
    return events
  }
  await send(MS / 4)
  const costs = async () => [
    await cpuOf(redis),
    ...(await Promise.all(servers.map(async (s) => (await s.usage()).cpu))),
  ]
  const before = await costs()
  for (const audience of audiences) audience.delays = []
  const started = performance.now()
  const events = await send(MS)
  const rate = events / ((performance.now() - started) / 1000)
  const after = await costs()
  const [ofRedis = 0, first = 0, ...others] = after.map((cpu, i) => (cpu - (before[i] ?? 0)) / events)
  const other = others.length > 0 ? others.reduce((sum, cpu) => sum + cpu) / others.length : Number.NaN
  const p99 = percentile(
    audiences.flatMap(({ delays }) => delays),
    0.99,
  )
  const columns = [
    number(rate).padStart(10),
    number(rate * count * SHAPE.streams).padStart(13),
    p99.toFixed(1).padStart(8),
  ]
  const times = [ofRedis, first, other].map((cpu) => (Number.isNaN(cpu) ? '' : cpu.toFixed(0)).padStart(8))
  return `  ${String(count).padEnd(9)}${[...columns, ...times].join('')}`
}

/** Processor time of Redis so far, in microseconds. It tells it itself, in seconds. */
async function cpuOf(redis: Redis): Promise<number> {
  const info = await redis.ask<string>('INFO', 'cpu')
  const of = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1])
  return (of('used_cpu_user') + of('used_cpu_sys')) * 1e6
}
