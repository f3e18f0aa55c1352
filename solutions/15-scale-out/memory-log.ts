import { randomUUID } from 'node:crypto'
import type { Audience, Log } from './log.ts'
import { type Entry, Tail } from './tail.ts'

/** A log of this process alone. It ends with it, so each run has ids of its own. */
export function memoryLog(size: number, { deliver }: Audience): Log {
  const run = randomUUID()
  const tail = new Tail(size, [{ id: `${run}-0` }])
  let count = 0
  let waiting: Entry[] = []

  return {
    async append(data) {
      // What comes in the same moment goes out in one piece.
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ id: `${run}-${++count}`, data })
    },
    lastId: () => tail.lastId,
    since: (id) => tail.since(id),
    reach: async () => {},
  }

  function flush() {
    const entries = waiting
    waiting = []
    deliver(tail.add(entries))
  }
}
