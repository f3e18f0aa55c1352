/** Whether the clock's ticks begin the silence anew as well: on the server that all checks share, which ticks. */
import type { CheckContext } from '../support/subject.ts'
import { openEvents } from '../support/traffic/events.ts'
import { isComment, type Sight, sightsOf } from './sights.ts'

/** A silence of 15 seconds, run ahead, is as long as two ticks and a half, or as ten: a busy machine may miss a tick. */
const SLOWNESS = [2, 8]

/** So many events for each comment say that the events came closer together than the silences are long. */
const DENSE = 1.5

/** Fails the check when comments come among the ticks. The timers of the stream run ahead, and the clock does not. */
export async function checkTicks(context: CheckContext): Promise<void> {
  const { shared } = context
  if (!shared) return
  for (const slowness of SLOWNESS) {
    const open = () => openEvents(context).catch(() => undefined) // whose end another check tells of
    const stream = await shared.hurry(open, slowness)
    if (!stream) return
    const comments = among(sightsOf(stream))
    if (comments === 0) return
    if (slowness !== SLOWNESS.at(-1)) continue
    context.fail({
      expected: 'no comment while the clock ticks',
      received: `${comments} comments among the ticks`,
    })
  }
}

/** How many comments stand among ticks; 0 where the ticks are few. */
function among(sights: Sight[]): number {
  const first = sights.findIndex(({ type }) => type === 'tick')
  const beside = first < 0 ? [] : sights.slice(first + 1)
  const comments = beside.filter(isComment).length
  return beside.length - comments < DENSE * comments ? 0 : comments
}
