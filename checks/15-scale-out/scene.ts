/** Servers of the learner's that have one log in Redis, and clients of theirs. */
import type { CheckManifest } from '../manifest.ts'
import { Misfortune, type Report } from '../support/failure.ts'
import { deathFailure } from '../support/server/death.ts'
import { Redis } from '../support/server/redis.ts'
import type { LearnerServer } from '../support/server/server.ts'
import { serve } from '../support/server/start.ts'
import { StartError } from '../support/server/types.ts'
import type { CheckContext } from '../support/subject.ts'
import { settle } from '../support/traffic/abuse.ts'
import { type Listener, listen } from '../support/traffic/audience.ts'
import { sendMessage } from '../support/traffic/messages.ts'
import manifest from './manifest.ts'
import { SlowNetwork } from './network.ts'

/** So many clients each server has. */
const CLIENTS = 2

/** How long a message may take to be taken, in milliseconds; and once more when the server still turns. */
const TAKEN_MS = 2000

/** A process that an error ends is gone within so many milliseconds. */
const DEATH_MS = 300

export type Stage = Exclude<keyof typeof manifest.checks, 'starts'>

/** A server with a Redis of its own, and those that join it. */
export interface Place {
  context: CheckContext
  redis: Redis
  /** Under which the log is kept. */
  key: string
  /** What the servers are told. */
  env: Record<string, string>
  /** Between a server and Redis. Undefined where Redis is somebody's own, and where there is none between. */
  network?: SlowNetwork
  /** All servers that were started, in order. */
  servers: LearnerServer[]
  /** Those that were ended on purpose. */
  killed: Set<LearnerServer>
  /** Starts one more, which ends with the place. */
  start(env: Record<string, string>): Promise<LearnerServer>
}

export interface Scene extends Place {
  first: LearnerServer
  /** The one behind the network. */
  second: LearnerServer
  /** Clients of the first server, those of the second, and all of them. */
  near: Listener[]
  far: Listener[]
  listeners: Listener[]
}

export async function setPlace(context: CheckContext): Promise<Place & AsyncDisposable> {
  await using opened = new AsyncDisposableStack()
  const redis = opened.use(await Redis.open())
  const key = `workshop:${Math.random().toString(36).slice(2, 10)}`
  const env = { REDIS_URL: redis.url, REDIS_KEY: key, TICK_MS: '0' }
  const servers = [opened.use(await startWarm(context, env))]
  const kept = opened.move()
  return {
    ...{ context, redis, key, env, servers },
    killed: new Set(),
    start: async (env) => {
      const server = kept.use(await startWarm(context, env))
      servers.push(server)
      return server
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

export async function setScene(context: CheckContext): Promise<Scene & AsyncDisposable> {
  await using opened = new AsyncDisposableStack()
  const place = opened.use(await setPlace(context))
  const { redis, env, servers } = place
  const network = redis.isOwn ? opened.use(await SlowNetwork.open(redis.url)) : undefined
  const [first] = servers as [LearnerServer]
  const second = await place.start({ ...env, REDIS_URL: network?.url ?? redis.url })
  const [near, far] = await Promise.all([
    listenTo(context, first, 'the first'),
    listenTo(context, second, 'the second'),
  ]).catch(async (error): Promise<never> => {
    await expectLife(place, 'shared')
    throw error
  })
  const kept = opened.move()
  return {
    ...{ ...place, network, first, second, near, far },
    listeners: [...near, ...far],
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

/** Starts a server when its process waits already for its first line: a busy machine needs a while to get there. */
async function startWarm(context: CheckContext, env: Record<string, string>): Promise<LearnerServer> {
  let warm: LearnerServer | undefined = context.hold()
  await warm.warmUp()
  const hold = () => {
    const server = warm ?? context.hold()
    warm = undefined
    return server
  }
  try {
    return await serve(hold, { env })
  } catch (error) {
    throw error instanceof StartError ? new Misfortune(error.failure) : error
  }
}

/** @param name as a learner reads it: `the first` */
export async function listenTo(
  context: CheckContext,
  { origin }: LearnerServer,
  name: string,
  count = CLIENTS,
): Promise<Listener[]> {
  const client = await context.connect(origin)
  const numbers = Array.from({ length: count }, (_, i) => i + 1)
  return Promise.all(numbers.map((number) => listen(context, client, `client ${number} of ${name} server`)))
}

/** Sends a message to a server, and resolves with the status of its answer; undefined when none comes. */
export async function tellServer(
  context: CheckContext,
  { origin }: LearnerServer,
  text: string,
  ms = TAKEN_MS,
): Promise<number | undefined> {
  const client = await context.connect(origin)
  const exchange = sendMessage(client, text)
  const soon = await exchange.headWithin(ms)
  if (soon) return soon.status
  await settle(client)
  return (await exchange.headWithin(ms))?.status
}

/**
 * Watches a stage. A server that ended explains whatever went wrong after it: then that is thrown, in the
 * words of the check. One that was killed on purpose has ended for us.
 */
export async function watchStage(
  place: Place,
  name: Stage,
  watch: () => Promise<Report | undefined>,
): Promise<Report | undefined> {
  try {
    const report = await watch()
    if (report) await expectLife(place, name)
    return report
  } catch (error) {
    await expectLife(place, name)
    throw error
  }
}

async function expectLife({ servers, killed }: Place, name: Stage): Promise<void> {
  const { says, why, fix, faults = {} }: CheckManifest = manifest.checks[name]
  for (const server of servers) {
    if (killed.has(server) || !(await server.diedWithin(DEATH_MS))) continue
    const { crash } = server.exit ?? {}
    const atCrash = crash?.code === 'ERR_HTTP2_INVALID_STREAM' ? faults.left : faults.died
    // An error has words of its own, where the check has none for it.
    const words = crash ? atCrash : { why, fix }
    throw new Misfortune({ ...deathFailure(server), expected: `a server that ${says}`, ...words })
  }
}
