/** Runs the programs from hell, one at a time: some keep every core busy, and each has seconds to be judged in. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Verdict } from '../../checks/verdict.ts'
import { gradeFolder } from './assemble.ts'
import type { HellCase } from './hell-cases.ts'
import type { Leftovers } from './leftovers.ts'
import { answerAll } from './process.ts'

/** What a process that judges is given. */
export interface HellOrder {
  case: HellCase
  /** Where to put it together, absolute. */
  folder: string
}

export interface HellResult {
  case: HellCase
  verdict: Verdict
  /** What the learner reads: `received` of the failure, or the notes of a program that passes. */
  message: string
  /** Whether the verdict and the message are those of the case. */
  isAsSaid: boolean
  left: Leftovers
  /** By how much the process that checks grew at most meanwhile, in MiB. */
  grown: number
}

/** No program may keep its learner waiting for longer, in milliseconds. */
const HELL_MS = 10_000

/** The checks may need this much memory for one program, in MiB, whatever it sends or prints. */
const HELL_MIB = 300

/**
 * Runs the cases and calls `onResult` as each is done.
 *
 * @throws the signal's reason
 */
export async function runHell(
  cases: readonly HellCase[],
  onResult: (result: HellResult) => void = () => {},
  signal?: AbortSignal,
): Promise<HellResult[]> {
  const into = await gradeFolder()
  const orders = cases.map((each): HellOrder => ({ case: each, folder: join(into, each.name, each.named) }))
  const results = new Map<HellCase, HellResult>()
  const onAnswer = (result: HellResult, { case: each }: HellOrder) => {
    results.set(each, result)
    onResult(result)
  }
  try {
    await answerAll('hell-child.ts', orders, { atOnce: 1, onAnswer, signal })
  } finally {
    await rm(into, { recursive: true, force: true })
  }
  return cases.flatMap((each) => results.get(each) ?? [])
}

/** Whether all is well: the verdict, its time, and what is left of it. */
export function isBearable({ isAsSaid, verdict, left, grown }: HellResult): boolean {
  return (
    isAsSaid && verdict.ms <= HELL_MS && left.processes.size + left.ports.length === 0 && grown <= HELL_MIB
  )
}
