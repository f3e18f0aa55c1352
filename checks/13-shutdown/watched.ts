/** What is seen of servers that signals end, watched once for all checks. */
import { NotRun, type Report } from '../support/failure.ts'
import type { Exit } from '../support/server/types.ts'
import type { CheckContext } from '../support/subject.ts'
import { type Comeback, watchComeback } from './comeback.ts'
import { type Farewell, watchFarewell } from './farewell.ts'
import { type Insistence, watchInsistence } from './insistence.ts'
import * as judge from './judge.ts'

/**
 * What SHUTDOWN_MS is, in milliseconds. On a busy machine the first may pass before everyone has been seen off: what only
 * that could explain is watched again, with more time.
 */
const PATIENCE = [1500, 6000]

/** And where some clients never let go. */
const SHORT_PATIENCE = [400, 2400]

export interface Watched {
  /** SIGTERM, and everyone leaves in the end. */
  farewell: Farewell
  /** The next server on that port, which gets SIGINT. Undefined when the first was already wrong. */
  comeback?: Comeback
  insistence: Insistence
}

export async function watchSignals(context: CheckContext): Promise<Watched> {
  failOnWindows()
  const [ends, insistence] = await Promise.all([watchEnds(context), watchInsistence(context)])
  return { ...ends, insistence }
}

/** Windows ends a program that is sent a signal: no code of it runs. */
export function failOnWindows(): void {
  if (process.platform !== 'win32') return
  throw new NotRun('needs signals, which Windows does not have; a service there is stopped in another way')
}

async function watchEnds(context: CheckContext): Promise<Omit<Watched, 'insistence'>> {
  const farewell = await watchAgain(
    PATIENCE,
    (patience) => watchFarewell(context, patience),
    (seen) => JUDGES.some((find) => find(seen)),
  )
  if (JUDGES.some((find) => find(farewell)) || !farewell.exit) return { farewell }
  const ids = [...farewell.readers, ...farewell.paused, ...farewell.amid].map((leave) => leave.lastEventId)
  const comeback = await watchAgain(
    SHORT_PATIENCE,
    (patience) => watchComeback(context, farewell.port, ids, patience),
    (seen) => judge.judgeInterrupt(seen) !== undefined,
  )
  return { farewell, comeback }
}

const JUDGES: ((farewell: Farewell) => Report | undefined)[] = [
  judge.judgeEnds,
  judge.judgeWhole,
  judge.judgeRetry,
  judge.judgeSlow,
  judge.judgeGoaway,
  judge.judgeDoor,
  judge.judgeLate,
  judge.judgeExit,
]

/** Watches with more time where something is wrong with a server that ended when its time was over. */
async function watchAgain<T extends { exit?: Exit; after: number }>(
  times: readonly number[],
  watch: (patience: number) => Promise<T>,
  isWrong: (seen: T) => boolean,
): Promise<T> {
  for (const [i, patience] of times.entries()) {
    const seen = await watch(patience)
    if (i === times.length - 1 || seen.after < patience || !seen.exit || !isWrong(seen)) return seen
  }
  throw new Error('there is a time to watch with')
}
