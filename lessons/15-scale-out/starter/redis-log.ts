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
  // TODO 1: Listen to errors. The reader wants a connection of its own.
  const writer = createClient({ url, ...PATIENCE })
  const reader = writer
  await writer.connect()

  const tail = await load()
  const news = Promise.withResolvers<void>()
  void follow()

  return {
    async append(data) {
      // TODO 2: Add an entry with the field data, and trim the log to about its size.
    },
    lastId: () => tail.lastId,
    since: (id) => tail.since(id),
    async reach(id) {
      // TODO 5: As long as the id is ahead of what was read, wait for the next read.
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
    // TODO 3: For ever: read with BLOCK from the last id on, add to the tail, deliver. After an error: wait, then recover.
    // After each turn, resolve the news for those who wait, and let new ones begin.
  }

  /** After Redis was away: when it has come back without our last entry, nobody knows what else is gone. */
  async function recover() {
    // TODO 4: When our last entry is not there any more, load the log, and tell everyone to reset.
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
