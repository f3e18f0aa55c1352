import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LessonManifest } from '../../checks/manifest.ts'
import { shown, solutionFolder, starterFolder } from '../project/paths.ts'
import type { Course } from './rule.ts'

/** The files are there: checks, words, and in starter and solution what is run and what the learner edits. */
export function checkFiles({ slug, entry, edit }: LessonManifest, { project }: Course): string[] {
  const code = [starterFolder(slug, project), solutionFolder(slug, project)].flatMap((folder) =>
    [...new Set([entry, ...edit])].map((file) => join(folder, file)),
  )
  const checks = ['check.ts', 'manifest.ts'].map((file) => join(project, 'checks', slug, file))
  return [...code, ...checks]
    .filter((file) => !existsSync(file))
    .map((file) => `${shown(file, project)} is missing`)
}
