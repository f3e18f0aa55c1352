/**
 * A rolling restart, end to end: clients listen, somebody writes all the time, and one server takes the place of another,
 * again and again. The log is in memory, so each new server has to own up to what nobody has any more, with `reset`.
 */
import { expect, test } from 'vitest'
import { EventSourceClient } from '../support/client/event-source.ts'
import { createEventReader, type ParsedEvent } from '../wire/parse.ts'
import { RESTART_MS, RESTARTS, Succession, silentGaps, write } from './rolling.ts'

const CLIENTS = 100
/** One client, as long as the test lasts: what it received, and the status of each answer. */
interface Life {
  events: ParsedEvent[]
  statuses: number[]
  /** Connections that ended without END_STREAM. */
  cuts: number
}

test(
  `${CLIENTS} clients miss nothing silently while the server is replaced ${RESTARTS} times`,
  async () => {
    await using servers = await Succession.begin('13-shutdown')
    const { origin } = servers
    const over = new AbortController()
    const lives = Array.from({ length: CLIENTS }, (): Life => ({ events: [], statuses: [], cuts: 0 }))
    const has =
      (text: string) =>
      ({ events }: Life) =>
        events.some(({ data }) => data === text)
    const taken: string[] = []
    const busy = [...lives.map((life) => live(life, origin, over.signal)), write(taken, origin, over.signal)]
    try {
      for (let restart = 0; restart <= RESTARTS; restart++) {
        if (restart > 0) await servers.next()
        await expect
          .poll(() => lives.every(({ statuses }) => statuses.length > restart), { timeout: RESTART_MS })
          .toBe(true)
        // The next one may have been sent before some client came; the one behind it was not.
        const next = taken.length + 1
        await expect
          .poll(() => taken.length > next && lives.every(has(taken.at(next) ?? '')), { timeout: RESTART_MS })
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

/** Connects again and again, after a tenth of the time that the server asks for: its chance stays. */
async function live(life: Life, origin: string, signal: AbortSignal): Promise<void> {
  const source = new EventSourceClient(origin, '/events')
  for await (const { exchange, head, lastEventId } of source.connections(signal)) {
    life.statuses.push(head.status)
    const reader = createEventReader(lastEventId)
    exchange.eachChunk(({ bytes }) => {
      life.events.push(...reader.feed(bytes).events)
    })
    await exchange.done
    if (!exchange.ended && !signal.aborted) life.cuts++
    source.reconnectionTime /= 10
  }
}
