import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LessonManifest } from '../../checks/manifest.ts'
import { filesIn } from '../project/files.ts'
import { solutionFolder, starterFolder } from '../project/paths.ts'
import type { Course } from './rule.ts'

/** The starter says where the work goes, in the files that the learner edits; nothing is left to do in the solution. */
export function checkTodo({ slug, edit }: LessonManifest, { project }: Course): string[] {
  const starter = withTodo(starterFolder(slug, project))
  const places = starter.filter((file) => edit.includes(file))
  const problems = withTodo(solutionFolder(slug, project)).map((file) => `${file} of the solution has a TODO`)
  if (places.length === 0) problems.push('the starter has no TODO in a file that the learner edits')
  return problems
}

function withTodo(folder: string): string[] {
  return filesIn(folder).filter((file) => readFileSync(join(folder, file), 'utf8').includes('TODO'))
}
