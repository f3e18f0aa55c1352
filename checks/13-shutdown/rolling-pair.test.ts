/**
 * Two servers with one log in Redis, behind one address, and a real page and other clients that listen there while somebody
 * writes all the time. A server is killed, Redis stands still, or is killed: everyone has what Redis has, in its order.
 */
import { describe, expect, test } from 'vitest'
import { Balancer } from '../support/proxy/balancer.ts'
import { Redis } from '../support/server/redis.ts'
import { Life, RESTART_MS, Succession, write } from './rolling.ts'
import { hasBrowser, ListeningPage } from './rolling-page.ts'

const CLIENTS = 10

/** So often something goes wrong. */
const TIMES = 4

const KEY = 'pair'

/** The log keeps all, so that what the clients have can be held against it; and silence is short. */
const ENV = { LOG_SIZE: '1000000', REDIS_KEY: KEY, HEARTBEAT_MS: '2000' }

/** While Redis stands still, so many heartbeats go out to each client. */
const BEATS = 2

/** Two servers, their log, and who listens. */
interface World {
  servers: readonly [Succession, Succession]
  redis: Redis
  lives: readonly Life[]
}

describe.runIf(hasBrowser)(
  `a page and ${CLIENTS} clients of two servers miss nothing, and have one order`,
  () => {
    const bound = (TIMES + 2) * RESTART_MS

    test(
      'while one server after the other is killed and started again',
      async () => {
        const { lives } = await outlive(({ servers }, time) => servers[time % 2 ? 0 : 1].crash())
        // From the second time on, all of them were at the server that was killed.
        for (const { statuses } of lives) expect(statuses.length).toBeGreaterThanOrEqual(TIMES)
      },
      bound,
    )

    test(
      'while Redis stands still, and their streams do not',
      async () => {
        const { lives } = await outlive(async ({ redis, lives }) => {
          redis.freeze()
          const before = lives.map(({ comments }) => comments)
          const beat = () => lives.every(({ comments }, i) => comments >= (before[i] ?? 0) + BEATS)
          await expect.poll(beat, { timeout: RESTART_MS }).toBe(true)
          redis.thaw()
        })
        for (const { statuses } of lives) expect(statuses).toEqual([200])
      },
      bound,
    )

    test(
      'while Redis is killed and started again, and their streams stay',
      async () => {
        const { lives } = await outlive(async ({ redis }) => {
          await redis.kill()
          await redis.start()
        })
        for (const { statuses } of lives) expect(statuses).toEqual([200])
      },
      bound,
    )
  },
)

/** Lets something go wrong again and again, each time when all have news, and compares what all of them have in the end. */
async function outlive(goWrong: (world: World, time: number) => Promise<void>): Promise<World> {
  await using redis = await Redis.open()
  const env = { ...ENV, REDIS_URL: redis.url }
  await using one = await Succession.begin('15-scale-out', env)
  await using other = await Succession.begin('15-scale-out', env)
  await using balancer = await Balancer.listen([one.port, other.port])
  await using page = await ListeningPage.open(balancer.origin)
  const lives = Array.from({ length: CLIENTS }, () => new Life())
  const world: World = { servers: [one, other], redis, lives }
  const taken: string[] = []
  const over = new AbortController()
  const busy = [
    ...lives.map((life) => life.live(balancer.origin, over.signal)),
    write(taken, balancer.origin, over.signal),
  ]
  try {
    for (let time = 0; time <= TIMES; time++) {
      if (time > 0) await goWrong(world, time)
      const next = taken.length + 1
      const haveNext = async () => {
        const text = taken[next]
        return text !== undefined && lives.every((life) => life.has(text)) && (await page.lists(text))
      }
      await expect.poll(haveNext, { timeout: RESTART_MS }).toBe(true)
    }
  } finally {
    over.abort()
    await Promise.all(busy)
  }
  const kept = await textsIn(redis)
  expect(taken.filter((text) => !kept.includes(text))).toEqual([])
  for (const { events } of lives)
    expectRun(
      events.filter(({ type }) => type !== 'welcome'),
      kept,
    )
  expectRun(await page.items(), kept)
  return world
}

/** All that the log has, in its order. */
async function textsIn(redis: Redis): Promise<string[]> {
  const entries = await redis.ask<[id: string, fields: string[]][]>('XRANGE', KEY, '-', '+')
  return entries.flatMap(([, [name, text = '']]) => (name === 'data' ? [text] : []))
}

/** Each of these is a message, and together they are a part of the log without a gap. */
function expectRun(received: { type: string; data: string }[], kept: readonly string[]): void {
  const texts = received.map(({ type, data }) => (type === 'message' ? data : `event: ${type}`))
  const from = kept.indexOf(texts[0] ?? '')
  expect(texts).toEqual(kept.slice(from, from + texts.length))
}
