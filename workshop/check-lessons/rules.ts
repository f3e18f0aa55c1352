/** All rules for lessons, the quick ones first. */

import { checkCorpus, checkDiffSize, checkFiles, checkScaffold, checkTodo, checkUnused } from './code.ts'
import type { Course, Rule } from './rule.ts'
import { checkSolution, checkStarter } from './verdicts.ts'
import { checkHints, checkPage, checkReadme, checkSlug } from './words.ts'

export const rules: readonly Rule[] = [
  checkSlug,
  checkFiles,
  checkPage,
  checkReadme,
  checkHints,
  checkTodo,
  checkScaffold,
  checkDiffSize,
  checkUnused,
  checkCorpus,
  checkStarter,
  checkSolution,
]

/** Every lesson under every rule. Answers with what is wrong, a line each. */
export async function checkLessons(course: Course): Promise<string[]> {
  const problems: string[] = []
  for (const lesson of course.lessons) {
    for (const rule of rules) {
      for (const says of await rule(lesson, course)) problems.push(`${lesson.slug}: ${says}`)
    }
  }
  return problems
}
