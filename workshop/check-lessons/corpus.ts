import type { LessonManifest } from '../../checks/manifest.ts'
import { surveyCases } from '../grade/cases.ts'
import type { Course } from './rule.ts'

/** Every lesson has at least as many servers to grade its checks with. */
const WRONG = 10
const RIGHT = 6

/** The lesson has its corpus of wrong servers, and of unusual ones that are right. */
export function checkCorpus(lesson: LessonManifest, { project }: Course): string[] {
  const { cases, problems } = surveyCases([lesson], project)
  const wrong = cases.filter(({ kind }) => kind === 'wrong').length
  const right = cases.length - wrong
  if (wrong < WRONG) problems.push(`${wrong} wrong cases are fewer than ${WRONG}`)
  if (right < RIGHT) problems.push(`${right} right cases are fewer than ${RIGHT}`)
  return problems
}
