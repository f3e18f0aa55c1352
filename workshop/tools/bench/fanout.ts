/**
 * `npm run bench fanout`: what one event costs a server that sends it to many, beside the loop that everyone begins with
 * and the libraries of npm, all in one run. `npm run bench fanout -- lessons/15-scale-out` measures the learner's own.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { lessons } from '../../../checks/lessons.ts'
import { hasServer } from '../../../checks/manifest.ts'
import { UsageError } from '../../errors.ts'
import { ensureCerts } from '../../project/certs.ts'
import { root, shown, solutionFolder } from '../../project/paths.ts'
import { stopSignal } from '../../stop.ts'
import { benchIdle } from './fanout/idle.ts'
import { type Cost, type Kind, type Memory, measureCosts, measureMemory } from './fanout/measure.ts'
import { benchRedis } from './fanout/redis.ts'
import {
  installedLibraries,
  LIBRARIES,
  type Measured,
  RAW,
  serverIn,
  writePrograms,
} from './fanout/servers.ts'
import { costTable, LEGEND, machine, memoryTable, type Row } from './fanout/table.ts'

/** How long each kind of event is measured at a time, how often, and before how many clients. */
interface Plan {
  ms: number
  rounds: number
  shapes: { streams: number; connections: number }[]
  idle: { streams: number; connections: number }
}

const shapes = [
  { streams: 200, connections: 200 },
  { streams: 1000, connections: 20 },
]
const WHOLE: Plan = { ms: 1000, rounds: 5, shapes, idle: { streams: 2000, connections: 20 } }
const QUICK: Plan = { ms: 700, rounds: 1, shapes, idle: { streams: 1000, connections: 20 } }

/** Whether it runs at all: a handful of clients, and of libraries what is there already. */
const SMOKE: Plan = {
  ms: 50,
  rounds: 1,
  shapes: [{ streams: 6, connections: 2 }],
  idle: { streams: 6, connections: 2 },
}

export async function benchFanout(args: readonly string[]): Promise<void> {
  const signal = stopSignal()
  try {
    await run(args, signal)
  } catch (error) {
    if (signal.aborted) process.exitCode = 130
    else if (error instanceof UsageError) {
      console.error(error.message)
      process.exitCode = 2
    } else throw error
  }
}

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { folder, isGiven, idle, isRedis, plan } = readArgs(args)
  const ours = serverIn(folder, isGiven ? 'yours' : 'ours')
  await ensureCerts()
  console.log(`\n  ${ours.name}: ${shown(folder)}, on ${machine()}\n`)
  if (idle > 0) return benchIdle(ours, idle, signal)
  if (isRedis) return benchRedis(ours, signal)
  const libraries = plan === SMOKE ? installedLibraries() : LIBRARIES
  await compare([ours, ...libraries, RAW], plan, signal)
}

/** In rounds, so that what the machine does meanwhile is no server's fault; of each, the cheapest round counts. */
async function compare(servers: readonly Measured[], plan: Plan, signal: AbortSignal): Promise<void> {
  const programs = writePrograms(servers)
  for (const shape of plan.shapes) {
    const rounds: Record<Kind, Cost>[][] = servers.map(() => [])
    for (let round = 0; round < plan.rounds; round++) {
      for (const [i, program] of programs.entries())
        rounds[i]?.push(await measureCosts(program, shape, plan.ms, signal))
    }
    const rows = servers.map(({ name }, i): Row => ({ name, costs: cheapest(rounds[i] ?? []) }))
    console.log(costTable(shape, rows))
  }
  const memories: (Memory & { name: string })[] = []
  for (const [i, { name }] of servers.entries())
    memories.push({ name, ...(await measureMemory(programs[i] ?? '', plan.idle, signal)) })
  console.log(memoryTable(plan.idle, memories))
  console.log(LEGEND)
}

/** What else a machine does can only make a round dearer. */
function cheapest(rounds: readonly Record<Kind, Cost>[]): Record<Kind, Cost> {
  const of = (kind: Kind) => rounds.map((round) => round[kind]).reduce((a, b) => (b.cpu < a.cpu ? b : a))
  return { single: of('single'), burst: of('burst') }
}

const USAGE = `npm run bench fanout takes a folder, and after a bare -- one of these as well:
  --quick         shorter, and less exact
  --idle 10000    so many streams that wait, then one event
  --redis         servers that share a Redis
As in: npm run bench fanout -- lessons/15-scale-out --quick`

function readArgs(args: readonly string[]) {
  const newest = lessons.findLast(hasServer)
  let folder = newest ? solutionFolder(newest.slug) : ''
  let isGiven = false
  let idle = 0
  let isRedis = false
  let plan = WHOLE
  for (const [i, word] of args.entries()) {
    if (word === '--quick') plan = QUICK
    else if (word === '--smoke') plan = SMOKE
    else if (word === '--redis') isRedis = true
    else if (word === '--idle') idle = Number(args[i + 1])
    else if (args[i - 1] !== '--idle') [folder, isGiven] = [resolve(root, word), true]
  }
  if (Number.isNaN(idle) || args.some((word) => word.startsWith('-') && !WORDS.includes(word)))
    throw new UsageError(USAGE)
  for (const file of ['server.ts', 'broadcast.ts']) {
    if (!existsSync(join(folder, file)))
      throw new UsageError(
        `${shown(folder)}/${file} is not there: a server from lesson 9 on is measured.\n${USAGE}`,
      )
  }
  return { folder, isGiven, idle, isRedis, plan }
}

const WORDS = ['--quick', '--smoke', '--redis', '--idle']
