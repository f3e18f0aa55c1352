/**
 * A rolling restart beside a real page: one server takes the place of another, again and again, and the list on the page is
 * what the page of a user would show. With the log in memory it says where messages may be missing; with Redis none are.
 */
import { describe, expect, test } from 'vitest'
import { Redis } from '../support/server/redis.ts'
import { RESTART_MS, RESTARTS, Succession, silentGaps, write } from './rolling.ts'
import { hasBrowser, ListeningPage } from './rolling-page.ts'

describe.runIf(hasBrowser)(`a page lists each message once, in order, after ${RESTARTS} servers`, () => {
  test(
    'and says where some may be missing, with the log in memory',
    async () => {
      const { items, taken } = await replaceServers('13-shutdown', {})
      expect(items.filter(({ type }) => type === 'reset').length).toBeGreaterThan(0)
      expect(silentGaps(items, taken)).toEqual([])
    },
    (RESTARTS + 2) * RESTART_MS,
  )

  test(
    'and misses none, with the log in Redis',
    async () => {
      await using redis = await Redis.open()
      const { items, taken } = await replaceServers('15-scale-out', { REDIS_URL: redis.url })
      expect(new Set(items.map(({ type }) => type))).toEqual(new Set(['message']))
      expect(silentGaps(items, taken)).toEqual([])
    },
    (RESTARTS + 2) * RESTART_MS,
  )
})

/** Replaces a server again and again while messages are sent, and answers what the page and the sender have of it. */
async function replaceServers(slug: string, more: Record<string, string>) {
  await using servers = await Succession.begin(slug, more)
  const { origin } = servers
  await using page = await ListeningPage.open(origin)
  const over = new AbortController()
  const taken: string[] = []
  const writing = write(taken, origin, over.signal)
  try {
    for (let restart = 0; restart <= RESTARTS; restart++) {
      if (restart > 0) await servers.next()
      const next = taken.length + 1
      const hasNext = async () => taken.length > next && (await page.lists(taken.at(next) ?? ''))
      await expect.poll(hasNext, { timeout: RESTART_MS }).toBe(true)
    }
  } finally {
    over.abort()
    await writing
  }
  return { items: await page.items(), taken }
}
