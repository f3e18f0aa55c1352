/** What runs behind the demo: the server of a lesson and, where servers share a log, another one and their Redis. */
import type { LessonManifest } from '../../checks/manifest.ts'
import { NotRun } from '../../checks/support/failure.ts'
import { Redis } from '../../checks/support/server/redis.ts'
import type { LearnerServer } from '../../checks/support/server/server.ts'
import { startServer } from '../../checks/support/server/start.ts'
import { root, solutionFolder, starterFolder } from '../project/paths.ts'
import { demoEnv, hasSharedLog } from './abilities.ts'
import type { DemoState } from './state.ts'

export interface ServersOptions {
  lesson: LessonManifest
  kind: DemoState['kind']
  /** Gives up the start. */
  stop: AbortSignal
}

export class Servers implements AsyncDisposable {
  /** The one that is shown. */
  server: LearnerServer
  /** To which messages are sent: another one, where both have one log. */
  other: LearnerServer
  /** Where their Redis is. */
  redisUrl?: string
  #options: ServersOptions
  #redis?: Redis

  /** Starts what the lesson needs. Without a Redis, it is one server with its log in memory. */
  static async open(options: ServersOptions): Promise<Servers> {
    await using opened = new AsyncDisposableStack()
    const redis = opened.use(await openRedis(options.lesson))
    const redisUrl = redis?.url ?? (hasSharedLog(options.lesson) ? process.env.REDIS_URL : undefined)
    const server = opened.use(await start(options, redisUrl))
    const other = redisUrl ? opened.use(await start(options, redisUrl)) : server
    opened.move() // from here on they end with what is returned
    return new Servers(options, { server, other, redis, redisUrl })
  }

  private constructor(
    options: ServersOptions,
    { server, other, redis, redisUrl }: Pick<Servers, 'server' | 'other' | 'redisUrl'> & { redis?: Redis },
  ) {
    this.#options = options
    this.server = server
    this.other = other
    this.redisUrl = redisUrl
    this.#redis = redis
  }

  /** Starts a process that is to take the place of the one that is shown. */
  startNew(stop: AbortSignal): Promise<LearnerServer> {
    return start({ ...this.#options, stop }, this.redisUrl)
  }

  /** Answers with the process that stood there before, which the caller ends. */
  replace(server: LearnerServer): LearnerServer {
    const before = this.server
    if (this.other === before) this.other = server
    this.server = server
    return before
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.server.stop(), this.other.stop()])
    await this.#redis?.[Symbol.asyncDispose]()
  }
}

/** A Redis of our own, where the lesson has use for one and nobody has named another. */
async function openRedis(lesson: LessonManifest): Promise<Redis | undefined> {
  if (!hasSharedLog(lesson) || process.env.REDIS_URL) return undefined
  try {
    return await Redis.open()
  } catch (error) {
    if (error instanceof NotRun) return undefined
    throw error
  }
}

function start({ lesson, kind, stop }: ServersOptions, redisUrl?: string): Promise<LearnerServer> {
  const { slug, entry } = lesson
  const folder = kind === 'starter' ? starterFolder(slug) : solutionFolder(slug)
  const env = { ...demoEnv(lesson), ...(redisUrl && { REDIS_URL: redisUrl }) }
  return startServer({ folder, entry, root, signal: stop, env })
}
