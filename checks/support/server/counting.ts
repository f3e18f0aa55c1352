/** Counting what lives in the server, once the count stands still. */
import type { LearnerServer } from './server.ts'
import type { Sample } from './types.ts'

/** A count that has not fallen this many times in a row will not fall any more. */
const STILL = 3

/** The counts that come down when what was made for a client goes with it. */
export const COUNTS = ['timers', 'listeners', 'closedStreams'] as const

/** The counts to come down to. */
export type Bound = Pick<Sample, (typeof COUNTS)[number]>

/**
 * Counts until the count is within `bound`, or falls no more.
 *
 * Each count collects garbage and lets the event loop turn, so a server under load gets the turns that it needs. One
 * that cleans up at its next tick gets that too: `ticked` waits for it. Throws when the server ended, or is blocked.
 */
export async function settle(
  server: LearnerServer,
  bound: Bound,
  ticked: () => Promise<unknown>,
): Promise<Sample> {
  const isLow = (sample: Sample) => COUNTS.every((count) => sample[count] <= bound[count])
  const early = await rest(server, isLow)
  if (isLow(early)) return early
  await ticked()
  return rest(server, isLow)
}

/** Counts until the count falls no more, or is low enough. */
export async function rest(
  server: LearnerServer,
  isEnough: (sample: Sample) => boolean = () => false,
): Promise<Sample> {
  let sample = await server.sample()
  for (let still = 0; still < STILL && !isEnough(sample); ) {
    const next = await server.sample()
    const last = sample
    still = COUNTS.some((count) => next[count] < last[count]) ? 0 : still + 1
    sample = next
  }
  return sample
}
