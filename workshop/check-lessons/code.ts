import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffLines } from 'diff'
import type { LessonManifest } from '../../checks/manifest.ts'
import { filesIn } from '../project/files.ts'
import { solutionFolder, starterFolder } from '../project/paths.ts'
import { type Course, lessonBefore } from './rule.ts'

/** Lines of the solution before that the scaffolding of a file may replace. */
const REPLACED = 3

/** The starter is the solution of the lesson before, with something added: each of its lines is there, in order. */
export function checkScaffold(lesson: LessonManifest, course: Course): string[] {
  const before = lessonBefore(lesson, course)
  if (!before) return []
  const solution = solutionFolder(before.slug, course.project)
  const starter = starterFolder(lesson.slug, course.project)
  const files = filesIn(starter)
  return filesIn(solution).flatMap((file) => {
    if (!files.includes(file)) return [`${file} of ${before.slug} is missing in the starter`]
    const changes = diffLines(
      readFileSync(join(solution, file), 'utf8'),
      readFileSync(join(starter, file), 'utf8'),
    )
    const lost = changes.filter(({ removed }) => removed).reduce((sum, { count }) => sum + count, 0)
    return lost > REPLACED ? [`${file} of the starter lacks ${lost} lines of ${before.slug}`] : []
  })
}
