/** Grades the checks: runs every case, and compares the verdict with what the case says. */
import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { firstFailed, type Verdict } from '../../checks/verdict.ts'
import { gradeFolder } from './assemble.ts'
import { type Case, nameOf } from './cases.ts'
import type { Order } from './child.ts'
import { messageOf } from './message.ts'
import { answerAll } from './process.ts'

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
  /** How many cases share a core. Each of them waits most of its time, and then the others go on. */
  crowd?: number
  /** Right cases go through the checks of the lessons before as well, as they do for a learner. */
  whole?: boolean
  signal?: AbortSignal
}

const CROWD = 2

/**
 * Runs the cases. Unless asked for the `whole`, a right one runs its own lesson's checks.
 *
 * @throws the signal's reason
 */
export async function gradeCases(cases: readonly Case[], options: GradeOptions = {}): Promise<Graded[]> {
  const { onGraded, crowd = CROWD, whole = false, signal } = options
  const into = await gradeFolder()
  const orders = slowestFirst(cases).map((each): Order => {
    return { case: each, folder: join(into, nameOf(each)), alone: each.kind === 'right' && !whole }
  })
  const graded = new Map<Case, Graded>()
  const onAnswer = (verdict: Verdict, { case: each, folder }: Order) => {
    const result = { case: each, grade: gradeOf(each, verdict), verdict, message: messageOf(verdict, folder) }
    graded.set(each, result)
    onGraded?.(result)
  }
  try {
    await answerAll('child.ts', orders, { atOnce: crowd * availableParallelism(), onAnswer, signal })
  } finally {
    await rm(into, { recursive: true, force: true })
  }
  return cases.flatMap((each) => graded.get(each) ?? [])
}

function gradeOf({ kind, caught }: Case, verdict: Verdict): Grade {
  if (kind === 'right') return verdict.passed ? 'good' : 'wrongly failed'
  if (verdict.passed) return 'missed'
  return firstFailed(verdict)?.id === caught ? 'good' : 'other check'
}

/** So that no long case is left alone at the end: a right one runs every check, and a late lesson has the most. */
function slowestFirst(cases: readonly Case[]): Case[] {
  const weight = ({ kind, lesson }: Case) => (kind === 'right' ? 100 : 0) + Number.parseInt(lesson.slug, 10)
  return cases.toSorted((a, b) => weight(b) - weight(a))
}
