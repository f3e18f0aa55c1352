/** Starter and solution under the checks of their lesson. */
import type { LessonManifest } from '../../checks/manifest.ts'
import { firstFailed } from '../../checks/verdict.ts'
import { solutionFolder, starterFolder } from '../project/paths.ts'
import type { Course } from './rule.ts'

/** The starter fails where the work begins: what was taught before still holds. */
export async function checkStarter(lesson: LessonManifest, { project, judge }: Course): Promise<string[]> {
  const folder = starterFolder(lesson.slug, project)
  const verdict = await judge(lesson, { kind: 'starter', folder, label: `lessons/${lesson.slug}/starter` })
  const begins = `${lesson.slug}/${lesson.begins}`
  const at = firstFailed(verdict)?.id
  return at === begins
    ? []
    : [`the starter should fail at ${begins}, and ${at ? `fails at ${at}` : 'passes'}`]
}

/**
 * The solution passes all checks, also those of the lessons before. A check that was not run proves nothing: a
 * browser, say, must be there where the workshop itself is tested.
 */
export async function checkSolution(
  lesson: LessonManifest,
  { project, judge, lessons }: Course,
): Promise<string[]> {
  const folder = solutionFolder(lesson.slug, project)
  const { checks } = await judge(lesson, { kind: 'solution', folder, label: `solutions/${lesson.slug}` })
  const open = checks.filter(({ state }) => state !== 'passed')
  const place = lessons.findIndex(({ slug }) => slug === lesson.slug)
  const taught = lessons.slice(0, place + 1).filter(({ entry }) => entry === lesson.entry)
  const missing = taught.filter(({ slug }) => !checks.some(({ id }) => id.startsWith(slug)))
  return [
    ...open.map(({ id, state, failure, reason }) => {
      return `the solution: ${id} ${state}: ${failure?.received ?? reason ?? 'an earlier check failed'}`
    }),
    ...missing.map(({ slug }) => `the solution: nothing of ${slug} was checked`),
  ]
}
