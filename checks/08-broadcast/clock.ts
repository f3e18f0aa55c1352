/** The clock that all clients share: what each of them received of it. */

import type { CheckContext } from '../support/subject.ts'
import { gather, type Listener } from '../support/traffic/audience.ts'
import { receivesMore } from '../support/traffic/clock.ts'
import { eventsOf, type TimedEvent } from '../support/traffic/events.ts'

/** As many ticks tell whether two streams have the same ones. */
const TICKS = 3

/** Who was there first, and who came between two ticks. */
export interface ClockWatch {
  first: Listener
  others: Listener[]
}

/** Opens streams while the clock ticks for another one, and waits until each of them has received a few ticks. */
export async function watchClock(context: CheckContext): Promise<ClockWatch> {
  const [opened] = await gather(context, [1])
  const first: Listener = { ...(opened as Listener), name: 'a stream that was open before' }
  await receivesMore(first.exchange, 1)
  const others = await gather(context)
  await Promise.all([first, ...others].map(({ exchange }) => receivesMore(exchange, TICKS)))
  await receivesMore(first.exchange, TICKS) // by then it has all that the others had
  return { first, others }
}

/** The events of the clock. */
export function ticksOf({ exchange }: Pick<Listener, 'exchange'>): TimedEvent[] {
  return eventsOf(exchange).filter(({ type }) => type === 'tick')
}

/** The first tick of `other` that is not the one that `first` received at its place. */
export function otherTick(first: Listener, other: Listener): string | undefined {
  const mine = ticksOf(first).map(({ data }) => data)
  const theirs = ticksOf(other).map(({ data }) => data)
  const begin = mine.indexOf(theirs[0] ?? '')
  if (begin < 0) return theirs[0]
  // One of the two may have received more than the other by now.
  return theirs.slice(0, mine.length - begin).find((data, i) => data !== mine[begin + i])
}
