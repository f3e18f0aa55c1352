/**
 * A rolling restart, end to end: clients listen, somebody writes all the time, and one server takes the place of another,
 * again and again. The log is in memory, so each new server has to own up to what nobody has any more, with `reset`.
 */
import { expect, test } from 'vitest'
import { Life, RESTART_MS, RESTARTS, Succession, silentGaps, write } from './rolling.ts'

const CLIENTS = 100

test(
  `${CLIENTS} clients miss nothing silently while the server is replaced ${RESTARTS} times`,
  async () => {
    await using servers = await Succession.begin('13-shutdown')
    const { origin } = servers
    const over = new AbortController()
    const lives = Array.from({ length: CLIENTS }, () => new Life())
    const taken: string[] = []
    const busy = [...lives.map((life) => life.live(origin, over.signal)), write(taken, origin, over.signal)]
    try {
      for (let restart = 0; restart <= RESTARTS; restart++) {
        if (restart > 0) await servers.next()
        await expect
          .poll(() => lives.every(({ statuses }) => statuses.length > restart), { timeout: RESTART_MS })
          .toBe(true)
        // The next one may have been sent before some client came; the one behind it was not.
        const next = taken.length + 1
        await expect
          .poll(() => taken.length > next && lives.every((life) => life.has(taken.at(next) ?? '')), {
            timeout: RESTART_MS,
          })
          .toBe(true)
      }
    } finally {
      over.abort()
      await Promise.all(busy)
    }
    for (const { statuses, cuts, events } of lives) {
      expect(statuses.every((status) => status === 200)).toBe(true)
      expect(cuts).toBe(0)
      expect(silentGaps(events, taken)).toEqual([])
    }
  },
  (RESTARTS + 2) * RESTART_MS,
)
