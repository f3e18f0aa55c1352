/** All that is seen of two servers with one Redis, one stage after the other: the first that fails is the last. */
import { Fail, NotRun, type Report } from '../support/failure.ts'
import type { CheckContext } from '../support/subject.ts'
import { watchDefaultKey, watchResume, watchSize, watchTrimmed } from './departure.ts'
import { watchLongOutage, watchLoss, watchOutage } from './outage.ts'
import { type Scene, type Stage, setScene, watchStage } from './scene.ts'
import {
  watchAhead,
  watchBurst,
  watchEntries,
  watchIds,
  watchOrder,
  watchQuiet,
  watchReaders,
  watchShared,
} from './together.ts'

/** What is seen at the same time of a server whose Redis is away for long. */
type LongOutage = Promise<Report | undefined>

/** In the order of the checks: each goes on where the one before has left the servers. */
const STAGES: Record<Stage, (scene: Scene, long: LongOutage) => Promise<Report | undefined>> = {
  shared: watchShared,
  order: watchOrder,
  entries: watchEntries,
  ids: watchIds,
  burst: watchBurst,
  quiet: watchQuiet,
  readers: watchReaders,
  ahead: watchAhead,
  resume: watchResume,
  trimmed: watchTrimmed,
  'default-key': watchDefaultKey,
  size: watchSize,
  outage: async (scene, long) => (await watchOutage(scene)) ?? long,
  loss: watchLoss,
}

export const stages = Object.keys(STAGES) as Stage[]

/** What each stage threw: that it failed, or why it was not run. */
export async function watchStages(context: CheckContext): Promise<Map<Stage, unknown>> {
  const found = new Map<Stage, unknown>()
  const over = new AbortController()
  let long: LongOutage = Promise.resolve(undefined)
  let scene: (Scene & AsyncDisposable) | undefined
  try {
    scene = await setScene(context)
    long = watchLongOutage(context, over.signal)
    long.catch(() => {}) // looked at in its place, if it comes to that
    for (const name of stages) await perform(scene, name, long, found)
  } catch (error) {
    // Without a scene, none of them is run.
    for (const name of stages) if (!scene && !found.has(name)) found.set(name, error)
  } finally {
    over.abort()
    await scene?.[Symbol.asyncDispose]()
    await long.catch(() => {})
  }
  return found
}

/** Notes what a stage threw, and throws it on where there is nothing more to see. */
async function perform(
  scene: Scene,
  name: Stage,
  long: LongOutage,
  found: Map<Stage, unknown>,
): Promise<void> {
  try {
    const report = await watchStage(scene, name, () => STAGES[name](scene, long))
    if (report) throw new Fail(report)
  } catch (error) {
    found.set(name, error)
    if (!(error instanceof NotRun)) throw error
  }
}
