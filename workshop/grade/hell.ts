/** Runs the programs from hell, one at a time, so that it is known which of them left something behind. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { firstFailed, type Verdict } from '../../checks/verdict.ts'
import { Runner } from '../run/runner.ts'
import { typeNotes } from '../run/typecheck.ts'
import { assemble, gradeFolder } from './assemble.ts'
import { type HellCase, isReceived } from './hell-cases.ts'
import { type Leftovers, leftSince, lookAround } from './leftovers.ts'

export interface HellResult {
  case: HellCase
  verdict: Verdict
  /** What the learner reads: `received` of the failure, or the notes of a program that passes. */
  message: string
  /** Whether the verdict and the message are those of the case. */
  isAsSaid: boolean
  left: Leftovers
  /** By how much this process, which checks, grew at most meanwhile, in MiB. */
  grown: number
}

/** No program may keep its learner waiting for longer, in milliseconds. */
export const HELL_MS = 10_000

/** The checks may need this much memory for one program, in MiB, whatever it sends or prints. */
export const HELL_MIB = 300

/**
 * Runs the cases and calls `onResult` as each is done. `markRun()` must have been called before.
 *
 * @throws the signal's reason
 */
export async function runHell(
  cases: readonly HellCase[],
  onResult: (result: HellResult) => void = () => {},
  signal?: AbortSignal,
): Promise<HellResult[]> {
  const into = await gradeFolder()
  const results: HellResult[] = []
  try {
    await using runner = await Runner.create()
    for (const each of cases) {
      const result = await runOne(runner, each, join(into, each.name, each.named), signal)
      signal?.throwIfAborted()
      results.push(result)
      onResult(result)
    }
  } finally {
    await rm(into, { recursive: true, force: true })
  }
  return results
}

/** Whether all is well: the verdict, its time, and what is left of it. */
export function isBearable({ isAsSaid, verdict, left, grown }: HellResult): boolean {
  return (
    isAsSaid && verdict.ms <= HELL_MS && left.processes.size + left.ports.length === 0 && grown <= HELL_MIB
  )
}

/** Nobody waits for these notes: a busy machine may take its time, in milliseconds. */
const TYPES_MS = 60_000

async function runOne(
  runner: Runner,
  each: HellCase,
  folder: string,
  signal?: AbortSignal,
): Promise<HellResult> {
  const target = await assemble(each, folder)
  const before = lookAround()
  const memory = watchMemory()
  const verdict = await runner.run(each.lesson, target, { signal })
  const grown = memory.stop()
  const left = await leftSince(before)
  if (each.passes !== 'no') verdict.notes.push(...(await typeNotes(folder, each.lesson.entry, TYPES_MS)))
  const message = firstFailed(verdict)?.failure?.received ?? verdict.notes.join('; ')
  const isRight = each.passes === 'maybe' || verdict.passed === (each.passes === 'yes')
  const isSaid = (each.passes === 'maybe' && verdict.passed) || isReceived(each, message)
  return { case: each, verdict, message, isAsSaid: isRight && isSaid, left, grown }
}

/** Looks at this process's memory again and again. `stop` answers with the growth up to its peak, in MiB. */
function watchMemory(): { stop(): number } {
  const start = process.memoryUsage.rss()
  let peak = start
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 50)
  return {
    stop() {
      clearInterval(timer)
      return Math.round((peak - start) / 2 ** 20)
    },
  }
}
