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
  const firstWrong = async (inputs: readonly (readonly Fields[])[]) => {
    const outcomes = await evaluate(inputs.map(callOf))
    return inputs
      .map((blocks, i) => ({ blocks, outcome: outcomes[i] as Outcome }))
      .find((found) => !isRight(found))
  }
  const wrong = (await firstWrong(examples)) ?? (await firstWrong(fc.sample(arbitrary, RUNS)))
  if (!wrong || examples.includes(wrong.blocks)) return wrong
  const property = fc.asyncProperty(arbitrary, async (blocks) => !(await firstWrong([blocks])))
  const { counterexample } = await fc.check(property, RUNS)
  // A function that does not always do the same may be right the next time.
  return (counterexample && (await firstWrong(counterexample))) ?? wrong
}
