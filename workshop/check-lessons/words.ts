import type { LessonManifest } from '../../checks/manifest.ts'
import { hintHunks } from '../project/diff.ts'
import type { Course } from './rule.ts'

/** Each check has hints in three tiers: a question, the API with its documentation, and lines of the solution. */
export function checkHints({ slug, checks }: LessonManifest, { project }: Course): string[] {
  return Object.entries(checks).flatMap(([name, { hints }]) => {
    const [nudge, api, diff] = hints
    const problems = []
    if (!nudge.includes('?')) problems.push(`the first hint of ${name} asks nothing`)
    if (!/[a-z]\.[a-z]+\/\S+$/i.test(api))
      problems.push(`the second hint of ${name} ends without documentation`)
    if (hintHunks(slug, diff, project).length === 0)
      problems.push(`the third hint of ${name} finds no line with "${diff.lines}" in ${diff.file}`)
    return problems
  })
}
