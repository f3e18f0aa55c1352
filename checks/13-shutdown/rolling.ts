/** Somebody who writes all the time while servers come and go, and what is wrong with what listeners got of it. */
import { setTimeout as delay } from 'node:timers/promises'
import { connect } from '../support/client/client.ts'
import { sendMessage } from '../support/traffic/messages.ts'
import type { ParsedEvent } from '../wire/parse.ts'

/** How long somebody waits before the next message, or after one that was not taken: in milliseconds. */
const PACE_MS = 10

/** Writes one number after the other, as a message, and notes those that were taken. */
export async function write(taken: string[], origin: string, signal: AbortSignal): Promise<void> {
  for (let count = 1; !signal.aborted; ) {
    try {
      await using client = await connect(origin, { signal })
      while (!signal.aborted) {
        const text = String(count++)
        const { status } = await sendMessage(client, text).head
        if (status === 204) taken.push(text)
        await delay(PACE_MS)
      }
    } catch {
      await delay(PACE_MS) // there is no server at the moment
    }
  }
}

/** Where a client missed messages and was not told, or has some twice, or in another order. */
export function silentGaps(
  events: readonly Pick<ParsedEvent, 'type' | 'data'>[],
  taken: readonly string[],
): string[] {
  const gaps: string[] = []
  let last: number | undefined
  let wasTold = false
  for (const { type, data } of events) {
    if (type === 'reset') wasTold = true
    if (type !== 'message') continue
    const number = Number(data)
    const missed = last === undefined || wasTold ? [] : between(taken, last, number)
    if (missed.length > 0 || number <= (last ?? 0)) gaps.push(`${last} → ${number}`)
    last = number
    wasTold = false
  }
  return gaps
}

function between(taken: readonly string[], from: number, to: number): string[] {
  return taken.filter((text) => Number(text) > from && Number(text) < to)
}
