/** All that is seen of two servers with one Redis, one stage after the other: the first that fails is the last. */
import type { CheckManifest } from '../manifest.ts'
import { Fail, NotRun, type Report } from '../support/failure.ts'
import type { CheckContext } from '../support/subject.ts'
import { watchDefaultKey, watchResume, watchSize, watchTrimmed } from './departure.ts'
import manifest from './manifest.ts'
import { watchLoss, watchOutage } from './outage.ts'
import { expectAlive, type Scene, setScene } from './scene.ts'
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

type Stage = Exclude<keyof typeof manifest.checks, 'starts'>

/** In the order of the checks: each goes on where the one before has left the servers. */
const STAGES: Record<Stage, (scene: Scene) => Promise<Report | undefined>> = {
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
  outage: watchOutage,
  loss: watchLoss,
}

export const stages = Object.keys(STAGES) as Stage[]

/** What each stage threw: that it failed, or why it was not run. */
export async function watchStages(context: CheckContext): Promise<Map<Stage, unknown>> {
  const found = new Map<Stage, unknown>()
  let scene: (Scene & AsyncDisposable) | undefined
  try {
    scene = await setScene(context)
    for (const name of stages) await perform(scene, name, found)
  } catch (error) {
    // Without a scene, none of them is run.
    for (const name of stages) if (!scene && !found.has(name)) found.set(name, error)
  } finally {
    await scene?.[Symbol.asyncDispose]()
  }
  return found
}

/** Notes what a stage threw, and throws it on where there is nothing more to see. */
async function perform(scene: Scene, name: Stage, found: Map<Stage, unknown>): Promise<void> {
  try {
    const report = await STAGES[name](scene).catch(async (error) => {
      await expectLife(scene, name)
      throw error
    })
    if (!report) return
    await expectLife(scene, name)
    throw new Fail(report)
  } catch (error) {
    found.set(name, error)
    if (!(error instanceof NotRun)) throw error
  }
}

/** A server that ended explains whatever went wrong after it. The one that was killed has ended for us. */
async function expectLife({ servers, killed }: Scene, name: Stage): Promise<void> {
  const words: CheckManifest = manifest.checks[name]
  const alive = servers.filter((server) => !killed.has(server))
  await expectAlive(alive, `a server that ${words.says}`, words, words.faults?.died)
}
