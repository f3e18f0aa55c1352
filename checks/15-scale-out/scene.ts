/** Two servers of the learner's that have one log in Redis, and clients of both. */
import type { Fault } from '../manifest.ts'
import { Misfortune } from '../support/failure.ts'
import { deathFailure } from '../support/server/death.ts'
import { Redis } from '../support/server/redis.ts'
import type { LearnerServer } from '../support/server/server.ts'
import { serve } from '../support/server/start.ts'
import { StartError } from '../support/server/types.ts'
import type { CheckContext } from '../support/subject.ts'
import { settle } from '../support/traffic/abuse.ts'
import { type Listener, listen } from '../support/traffic/audience.ts'
import { sendMessage } from '../support/traffic/messages.ts'
import { SlowNetwork } from './network.ts'

/** So many clients each server has. */
const CLIENTS = 2

/** How long a message may take to be taken, in milliseconds; and once more when the server still turns. */
const TAKEN_MS = 2000

/** A process that an error ends is gone within so many milliseconds. */
const DEATH_MS = 300

export interface Scene {
  context: CheckContext
  redis: Redis
  /** Under which the log is kept. */
  key: string
  /** What the servers are told. */
  env: Record<string, string>
  first: LearnerServer
  second: LearnerServer
  /** Between the second server and Redis. Undefined where Redis is somebody's own. */
  network?: SlowNetwork
  /** Clients of the first server, those of the second, and all of them. */
  near: Listener[]
  far: Listener[]
  listeners: Listener[]
  /** All servers that were started, in order. */
  servers: LearnerServer[]
  /** Those that were ended on purpose. */
  killed: Set<LearnerServer>
  /** Starts one more, which ends with the scene. */
  start(env: Record<string, string>): Promise<LearnerServer>
}

export async function setScene(context: CheckContext): Promise<Scene & AsyncDisposable> {
  await using opened = new AsyncDisposableStack()
  const redis = opened.use(await Redis.open())
  const network = redis.isOwn ? opened.use(await SlowNetwork.open(redis.url)) : undefined
  const key = `workshop:${Math.random().toString(36).slice(2, 10)}`
  const env = { REDIS_URL: redis.url, REDIS_KEY: key, TICK_MS: '0' }
  const first = opened.use(await startWarm(context, env))
  const second = opened.use(await startWarm(context, { ...env, REDIS_URL: network?.url ?? redis.url }))
  const [near, far] = await Promise.all([
    listenTo(context, first, 'the first'),
    listenTo(context, second, 'the second'),
  ])
  const kept = opened.move()
  const [listeners, servers] = [
    [...near, ...far],
    [first, second],
  ]
  return {
    ...{ context, redis, key, env, first, second, network, near, far, listeners, servers },
    killed: new Set(),
    start: async (env) => {
      const server = kept.use(await startWarm(context, env))
      servers.push(server)
      return server
    },
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
 * Throws what ended one of the servers, in the words of the check, if one has ended.
 *
 * @param atError words for one that an error has ended
 */
export async function expectAlive(
  servers: readonly LearnerServer[],
  expected: string,
  words: Fault,
  atError: Fault = words,
): Promise<void> {
  for (const server of servers) {
    if (await server.diedWithin(DEATH_MS)) {
      const { why, fix } = server.exit?.crash ? atError : words
      throw new Misfortune({ ...deathFailure(server), expected, why, fix })
    }
  }
}
