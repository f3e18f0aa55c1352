/** Two servers with one log in Redis, and what everyone who listens to them has while something goes wrong. */
import { expect } from 'vitest'
import { Redis } from '../support/server/redis.ts'
import { Life, RESTART_MS, Succession, write } from './rolling.ts'
import type { ListeningPage } from './rolling-page.ts'

const CLIENTS = 10

const KEY = 'pair'

/** The log keeps all, so that what the clients have can be held against it; and silence is short. */
const ENV = { LOG_SIZE: '1000000', REDIS_KEY: KEY, HEARTBEAT_MS: '2000' }

export class Pair implements AsyncDisposable {
  readonly redis: Redis
  readonly servers: readonly [Succession, Succession]
  #owned: AsyncDisposableStack

  static async begin(): Promise<Pair> {
    await using opened = new AsyncDisposableStack()
    const redis = opened.use(await Redis.open())
    const env = { ...ENV, REDIS_URL: redis.url }
    const one = opened.use(await Succession.begin('15-scale-out', env))
    const other = opened.use(await Succession.begin('15-scale-out', env))
    return new Pair(redis, [one, other], opened.move())
  }

  private constructor(redis: Redis, servers: Pair['servers'], owned: AsyncDisposableStack) {
    this.redis = redis
    this.servers = servers
    this.#owned = owned
  }

  get ports(): [number, number] {
    const [one, other] = this.servers
    return [one.port, other.port]
  }

  /** All messages that the log has, in its order. */
  async texts(): Promise<string[]> {
    const entries = await this.redis.ask<[id: string, fields: string[]][]>('XRANGE', KEY, '-', '+')
    return entries.flatMap(([, [name, text = '']]) => (name === 'data' ? [text] : []))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#owned.disposeAsync()
  }
}

/** What goes wrong: the first time is 1. `lives` are those who listen meanwhile. */
export type Mishap = (pair: Pair, time: number, lives: readonly Life[]) => Promise<void>

/**
 * Lets something go wrong again and again, each time when all who listen have news, while somebody writes all the time.
 * Expects in the end that each of them has what Redis has: in its order, and without a gap since they came.
 *
 * @param origin where both servers are reached
 * @returns those who listened, beside the page
 */
export async function outlive(
  pair: Pair,
  origin: string,
  times: number,
  goWrong: Mishap,
  page?: ListeningPage,
): Promise<Life[]> {
  const lives = Array.from({ length: CLIENTS }, () => new Life())
  const taken: string[] = []
  const over = new AbortController()
  const busy = [...lives.map((life) => life.live(origin, over.signal)), write(taken, origin, over.signal)]
  try {
    for (let time = 0; time <= times; time++) {
      if (time > 0) await goWrong(pair, time, lives)
      // The next one may have been sent before some client came; the one behind it was not.
      const next = taken.length + 1
      const haveNext = async () => {
        const text = taken[next]
        if (text === undefined || !lives.every((life) => life.has(text))) return false
        return page === undefined || (await page.lists(text))
      }
      await expect.poll(haveNext, { timeout: RESTART_MS }).toBe(true)
    }
  } finally {
    over.abort()
    await Promise.all(busy)
  }
  const kept = await pair.texts()
  expect(taken.filter((text) => !kept.includes(text))).toEqual([])
  for (const { events } of lives)
    expectRun(
      events.filter(({ type }) => type !== 'welcome'),
      kept,
    )
  if (page) expectRun(await page.items(), kept)
  return lives
}

/** Each of these is a message, and together they are a part of the log without a gap. */
function expectRun(received: { type: string; data: string }[], kept: readonly string[]): void {
  const texts = received.map(({ type, data }) => (type === 'message' ? data : `event: ${type}`))
  const from = kept.indexOf(texts[0] ?? '')
  expect(texts).toEqual(kept.slice(from, from + texts.length))
}
