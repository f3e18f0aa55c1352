/** All rules for lessons, the quick ones first. */

import { checkScaffold } from './code.ts'
import { checkCorpus } from './corpus.ts'
import { checkDiffSize } from './diff-size.ts'
import { checkFiles } from './files.ts'
import { checkPage } from './page.ts'
import type { Course, Rule } from './rule.ts'
import { checkSlug } from './slug.ts'
import { checkTodo } from './todo.ts'
import { checkUnused } from './unused.ts'
import { checkSolution, checkStarter } from './verdicts.ts'
import { checkHints } from './words.ts'

export const rules: readonly Rule[] = [
  checkSlug,
  checkFiles,
  checkPage,
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
