/** The golden files: what a learner reads in a wrong case, kept beside it. */
import { existsSync, readFileSync } from 'node:fs'
import { writeAtomic } from '../project/files.ts'
import type { Case } from './cases.ts'
import type { Graded } from './grade.ts'

/** Whether the learner reads what the golden file says. A right case has none. */
export function isGolden({ case: each, message }: Graded): boolean {
  return each.kind === 'right' || goldenOf(each) === message
}

/** Writes the golden files of wrong cases that were caught by their own check. Answers with how many changed. */
export async function updateGoldens(graded: readonly Graded[]): Promise<number> {
  let changed = 0
  for (const { case: each, grade, message } of graded) {
    if (each.kind === 'right' || grade !== 'good' || goldenOf(each) === message) continue
    await writeAtomic(each.golden, message)
    changed++
  }
  return changed
}

/** The golden file's text; undefined when there is none yet. */
function goldenOf({ golden }: Case): string | undefined {
  return existsSync(golden) ? readFileSync(golden, 'utf8').replaceAll('\r\n', '\n') : undefined
}
