/**
 * What a check file is written with. `lesson(manifest, ({ check }) => …)` registers one Vitest test a check, in the
 * order in which a learner works, and then the checks of the lessons before it, which must still hold.
 *
 * The first check that fails ends the run: what stands behind it would only fail for the same reason.
 */
import { afterAll, describe, test } from 'vitest'
import { type LessonManifest, lessonNumber, needsProcess } from '../manifest.ts'
import type { Failure } from '../verdict.ts'
import { failureFrom, NotReached, NotRun } from './failure.ts'
import { waitForWord } from './gate.ts'
import { run, subject } from './run.ts'
import { starts } from './starts.ts'
import type { CheckContext } from './subject.ts'

export type CheckBody = (context: CheckContext) => Promise<void> | void

/** What a check leaves for the verdict, in its task's `meta`. */
export interface CheckMeta {
  id: string
  failure?: Failure
  /** Why the check was not run. */
  reason?: string
  /** What the learner's program printed while it ran. */
  output?: string
}

declare module 'vitest' {
  interface TaskMeta {
    check?: CheckMeta
  }
}

/** Whether a check of this run has failed. */
let failed = false

/**
 * Registers a lesson's checks. The lesson that the run is about begins with `starts`, and pulls in the checks of the
 * earlier lessons behind its own, save those whose behaviour a later lesson replaced (`until` in their manifest).
 */
export async function lesson<M extends LessonManifest>(
  manifest: M,
  define: (check: (name: keyof M['checks'] & string, body: CheckBody) => void) => void,
): Promise<void> {
  const { slug, checks } = manifest as LessonManifest
  const isRoot = slug === run.slug
  const register = (name: string, body: CheckBody) => {
    const words = checks[name]
    if (!words) throw new Error(`${slug} has no check named ${name}`)
    if (words.until && lessonNumber(words.until) <= lessonNumber(run.slug)) return
    test(words.says, async (context) => {
      const { task, signal, skip } = context
      const meta: CheckMeta = { id: `${slug}/${name}` }
      task.meta.check = meta
      if (failed) skip()
      try {
        if (run.target.kind === 'address') {
          if (needsProcess(manifest, name)) throw new NotRun(NEEDS_PROCESS)
          if (words.until) throw new NotRun(SUPERSEDED)
        }
        await perform(body, signal)
      } catch (error) {
        if (error instanceof NotReached) skip()
        if (error instanceof NotRun) {
          meta.reason = error.message
          skip()
        }
        failed = true
        meta.failure = failureFrom(error, meta.id, words)
        throw error
      } finally {
        meta.output = await subject.takeOutput()
      }
    })
  }

  describe(slug, () => {
    if (isRoot && 'starts' in checks) register('starts', starts)
    define(register)
  })
  if (!isRoot) return
  afterAll(() => subject.stop())
  for (const earlier of run.earlier) await import(`../${earlier}/check.ts`)
  if (!run.gate) return
  await subject.prepare()
  if ((await waitForWord(run.gate)) === 'begin') subject.begin()
}

/** Runs one check, and asks what became of the server before anything is cleaned up. */
async function perform(body: CheckBody, signal: AbortSignal): Promise<void> {
  await using context = await subject.open(signal)
  try {
    await body(context)
  } catch (error) {
    throw error instanceof NotRun || error instanceof NotReached ? error : await subject.explain(error)
  }
}

const SUPERSEDED = 'a later lesson replaces it, and an address does not tell which lesson it is at'
const NEEDS_PROCESS = 'needs a server that the checks start themselves; an address can only be asked'
