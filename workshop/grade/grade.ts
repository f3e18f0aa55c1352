/** Grades the checks: runs every case, and compares the verdict with what the case says. */
import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { firstFailed, type Verdict } from '../../checks/verdict.ts'
import { assemble, gradeFolder } from './assemble.ts'
import { type Case, nameOf } from './cases.ts'
import { messageOf } from './message.ts'
import { GradeProcess } from './process.ts'

/** How the checks did on a case: as they should, let a wrong server pass, failed a right one, or blamed it for something else. */
export type Grade = 'good' | 'missed' | 'wrongly failed' | 'other check'

export interface Graded {
  case: Case
  grade: Grade
  verdict: Verdict
  /** What the learner reads about the first failure, without what differs between two runs. Empty when all passed. */
  message: string
}

export interface GradeOptions {
  /** Called as each case is done. */
  onGraded?: (graded: Graded) => void
  /** How many cases run at once; as many as there are cores, unless said otherwise. */
  atOnce?: number
  signal?: AbortSignal
}

/**
 * Runs the cases.
 *
 * @throws the signal's reason
 */
export async function gradeCases(cases: readonly Case[], options: GradeOptions = {}): Promise<Graded[]> {
  const { onGraded, atOnce = availableParallelism(), signal } = options
  const into = await gradeFolder()
  const graded: Graded[] = []
  const waiting = slowestFirst(cases).values()
  const work = async () => {
    await using grader = new GradeProcess()
    for (const each of waiting) {
      const folder = join(into, nameOf(each))
      const order = { slug: each.lesson.slug, target: await assemble(each, folder) }
      const verdict = await grader.run(order, signal)
      const result = {
        case: each,
        grade: gradeOf(each, verdict),
        verdict,
        message: messageOf(verdict, folder),
      }
      graded[cases.indexOf(each)] = result
      onGraded?.(result)
    }
  }
  try {
    const runners = await Promise.allSettled(Array.from({ length: atOnce }, work))
    for (const ended of runners) if (ended.status === 'rejected') throw ended.reason
  } finally {
    await rm(into, { recursive: true, force: true })
  }
  return graded
}

function gradeOf({ kind, caught }: Case, verdict: Verdict): Grade {
  if (kind === 'right') return verdict.passed ? 'good' : 'wrongly failed'
  if (verdict.passed) return 'missed'
  return firstFailed(verdict)?.id === caught ? 'good' : 'other check'
}

/**
 * So that no long case is left alone at the end: a right one runs every check, also those of the lessons before,
 * and a late lesson has the most.
 */
function slowestFirst(cases: readonly Case[]): Case[] {
  const weight = ({ kind, lesson }: Case) => (kind === 'right' ? 100 : 0) + Number.parseInt(lesson.slug, 10)
  return cases.toSorted((a, b) => weight(b) - weight(a))
}
