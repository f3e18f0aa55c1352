/** Looks for the smallest input that the learner's `encode` gets wrong. */
import fc from 'fast-check'
import type { Outcome } from '../support/server/module.ts'
import { callOf, type Fields } from './calls.ts'
import type { Inputs } from './inputs.ts'

/** An input, and what came of it. */
export interface Found {
  blocks: readonly Fields[]
  outcome: Outcome
}

/** Makes calls, and tells what came of each. */
export type Evaluate = (calls: readonly string[]) => Promise<Outcome[]>

/** Arbitrary inputs of each kind. Always the same: a verdict does not change unless the code does. */
const RUNS = { seed: 7, numRuns: 150 }

/**
 * The first of the examples that is wrong; or else the smallest of the arbitrary inputs that is, and that one can be
 * made smaller to. All calls of a kind are made at once: one after the other they would take many times as long.
 */
export async function findWrong(
  evaluate: Evaluate,
  { examples, arbitrary }: Inputs,
  isRight: (found: Found) => boolean,
): Promise<Found | undefined> {
  const tryAll = async (inputs: readonly (readonly Fields[])[]) => {
    const outcomes = await evaluate(inputs.map(callOf))
    return inputs.map((blocks, i) => ({ blocks, outcome: outcomes[i] as Outcome }))
  }
  const isWrong = (found: Found) => !isRight(found)
  const samples = fc.sample(arbitrary, RUNS)
  const wrong = (await tryAll([...examples, ...samples])).find(isWrong)
  if (!wrong || examples.includes(wrong.blocks)) return wrong
  const property = fc.asyncProperty(arbitrary, async (blocks) => !(await tryAll([blocks])).some(isWrong))
  const { counterexample } = await fc.check(property, RUNS)
  const [smallest] = counterexample ? await tryAll(counterexample) : []
  return smallest && isWrong(smallest) ? smallest : wrong
}
