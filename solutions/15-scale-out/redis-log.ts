import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from 'redis'
import type { Audience, Log } from './log.ts'
import { type Entry, Tail } from './tail.ts'

const key = process.env.REDIS_KEY ?? 'sse:events'

/** How long one read waits for news, and how long after an error it is tried again, in milliseconds. */
const BLOCK_MS = 5000
const RETRY_MS = 200

/**
 * A command that can't be sent fails at once, and does not wait for five seconds. A Redis that answers nothing for ten,
 * not even PING, is as good as none: its connection is broken off.
 */
const PATIENCE = {
  disableOfflineQueue: true,
  pingInterval: 5000,
  socket: { socketTimeout: 10_000, reconnectStrategy: RETRY_MS },
}

/** A log in Redis, for many servers: each reads what all of them write. The id of a Redis entry is that of its event. */
export async function redisLog(url: string, size: number, { deliver, reset }: Audience): Promise<Log> {
  // Without a listener, an error would end the process.
  const writer = createClient({ url, ...PATIENCE }).on('error', tell)
  const reader = writer.duplicate().on('error', tell) // a read that waits would hold up every write behind it
  await Promise.all([writer.connect(), reader.connect()])

  let tail = await load()
  let news = Promise.withResolvers<void>()
  void follow()

  return {
    async append(data) {
      const TRIM = { strategy: 'MAXLEN', strategyModifier: '~', threshold: size } as const
      await writer.xAdd(key, '*', { data }, { TRIM })
    },
    lastId: () => tail.lastId,
    since: (id) => tail.since(id),
    async reach(id) {
      for (;;) {
        const next = news.promise // asked for first: what is read meanwhile counts
        if (tail.since(id) || !(await isAhead(id))) return
        await next
      }
    },
  }

  /** The newest entries. A log that has none gets one without data, so that there is a place to come back to. */
  async function load(): Promise<Tail> {
    const newest = (await reader.xRevRange(key, '+', '-', { COUNT: size + 1 })) ?? []
    if (newest.length > 0) return new Tail(size, newest.reverse().map(entryOf))
    return new Tail(size, [{ id: await reader.xAdd(key, '*', { begin: '' }) }])
  }

  /** Whether there are entries up to this id that were not read yet. Another server may have been quicker. */
  async function isAhead(id: string): Promise<boolean> {
    const unread = writer.xRange(key, `(${tail.lastId}`, id, { COUNT: 1 })
    const found = await unread.catch(() => null) // not every id is one of Redis
    return found !== null && found.length > 0
  }

  /** Reads for ever: one read at a time, for all clients. */
  async function follow() {
    for (;;) {
      try {
        const streams = await reader.xRead({ key, id: tail.lastId }, { BLOCK: BLOCK_MS })
        told = ''
        if (!streams) continue // nothing new, for a while
        const blocks = tail.add(streams.flatMap(({ messages }) => messages.map(entryOf)))
        if (blocks.length > 0) deliver(blocks)
      } catch {
        await delay(RETRY_MS)
        await recover().catch(() => {}) // Redis is still away
      }
      news.resolve()
      news = Promise.withResolvers()
    }
  }

  /** After Redis was away: when it has come back without our last entry, nobody knows what else is gone. */
  async function recover() {
    const last = await reader.xRange(key, tail.lastId, tail.lastId)
    if (last && last.length > 0) return
    tail = await load()
    reset()
  }
}

let told = ''

/** An error that stays is told once. */
function tell(error: NodeJS.ErrnoException) {
  const text = `Redis: ${error.message || error.code}`
  if (text !== told) console.error(text)
  told = text
}

function entryOf({ id, message }: { id: string; message: Record<string, string> }): Entry {
  return { id, data: message.data }
}
