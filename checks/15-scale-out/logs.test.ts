/** Both logs of the solution keep the same promises: what `log.ts` says of a log. */
import { expect, test } from 'vitest'
import type { Audience, Log } from '../../solutions/15-scale-out/log.ts'
import { memoryLog } from '../../solutions/15-scale-out/memory-log.ts'
import { redisLog } from '../../solutions/15-scale-out/redis-log.ts'
import { Redis } from '../support/server/redis.ts'
import { parseEvents } from '../wire/parse.ts'

const SIZE = 5

const logs: Record<string, (audience: Audience) => Promise<{ log: Log } & AsyncDisposable>> = {
  memory: async (audience) => ({ log: memoryLog(SIZE, audience), async [Symbol.asyncDispose]() {} }),
  redis: async (audience) => {
    const redis = await Redis.open()
    const log = await redisLog(redis.url, SIZE, audience)
    return { log, [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose]() }
  },
}

test.for(Object.entries(logs))('the log in %s', async ([, open]) => {
  const delivered: string[] = []
  await using opened = await open({ deliver: (blocks) => delivered.push(...blocks), reset: () => {} })
  const { log } = opened
  const before = log.lastId()
  expect(log.since(before)).toEqual([])

  const texts = Array.from({ length: SIZE }, (_, i) => `Message ${i}`)
  for (const text of texts) await log.append(text)
  await expect.poll(() => delivered.length).toBe(SIZE)
  const events = parseEvents(Buffer.from(delivered.join(''))).events
  expect(events.map(({ data }) => data)).toEqual(texts)
  expect(log.lastId()).toBe(events.at(-1)?.id)
  expect(log.since(before)).toEqual(delivered)
  expect(log.since(events[1]?.id ?? '')).toEqual(delivered.slice(2))

  await log.append('One more than there is room for')
  await expect.poll(() => delivered.length).toBe(SIZE + 1)
  expect(log.since(before)).toBe(undefined)
  for (const strange of ['nobody-knows-me', '', '$', '99999999999999999999-0']) {
    await log.reach(strange)
    expect(log.since(strange)).toBe(undefined)
  }
})
