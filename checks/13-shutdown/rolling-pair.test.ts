/**
 * Two servers with one log in Redis, behind one address, and a real page and other clients that listen there while somebody
 * writes all the time. A server is killed, Redis stands still, or is killed: everyone has what Redis has, in its order.
 */
import { describe, expect, test } from 'vitest'
import { Balancer } from '../support/proxy/balancer.ts'
import { type Life, RESTART_MS } from './rolling.ts'
import { hasBrowser, ListeningPage } from './rolling-page.ts'
import { type Mishap, outlive, Pair } from './rolling-pair.ts'

/** So often something goes wrong. */
const TIMES = 4

/** While Redis stands still, so many heartbeats go out to each client. */
const BEATS = 2

describe.runIf(hasBrowser)('a page and other clients of two servers miss nothing, and have one order', () => {
  const bound = (TIMES + 2) * RESTART_MS

  test(
    'while one server after the other is killed and started again',
    async () => {
      const lives = await listen(({ servers }, time) => servers[time % 2 ? 0 : 1].crash())
      // From the second time on, all of them were at the server that was killed.
      for (const { statuses } of lives) expect(statuses.length).toBeGreaterThanOrEqual(TIMES)
    },
    bound,
  )

  test(
    'while Redis stands still, and their streams do not',
    async () => {
      const lives = await listen(async ({ redis }, _, lives) => {
        redis.freeze()
        const before = lives.map(({ comments }) => comments)
        const haveBeats = () => lives.every(({ comments }, i) => comments >= (before[i] ?? 0) + BEATS)
        await expect.poll(haveBeats, { timeout: RESTART_MS }).toBe(true)
        redis.thaw()
      })
      for (const { statuses } of lives) expect(statuses).toEqual([200])
    },
    bound,
  )

  test(
    'while Redis is killed and started again, and their streams stay',
    async () => {
      const lives = await listen(async ({ redis }) => {
        await redis.kill()
        await redis.start()
      })
      for (const { statuses } of lives) expect(statuses).toEqual([200])
    },
    bound,
  )
})

/** All that listens does so at one address. */
async function listen(goWrong: Mishap): Promise<Life[]> {
  await using pair = await Pair.begin()
  await using balancer = await Balancer.listen(pair.ports)
  await using page = await ListeningPage.open(balancer.origin)
  return await outlive(pair, balancer.origin, TIMES, goWrong, page)
}
