import type { LessonManifest } from '../../checks/manifest.ts'
import { diffFolders } from '../project/diff.ts'
import { solutionFolder, starterFolder } from '../project/paths.ts'
import { type Course, isCode } from './rule.ts'

/** Lines that a learner writes in one lesson, about 40 of them at most. */
const LINES = 45

/** From starter to solution it is as far as one can go at a time. */
export function checkDiffSize({ slug }: LessonManifest, { project }: Course): string[] {
  const written = linesToWrite(slug, project)
  return written > LINES ? [`from starter to solution are ${written} lines of code, more than ${LINES}`] : []
}

/** The lines of code that the solution adds to the starter. Blank ones do not count. */
export function linesToWrite(slug: string, project: string): number {
  const diffs = diffFolders(starterFolder(slug, project), solutionFolder(slug, project))
  const hunks = diffs.filter(({ file }) => isCode(file)).flatMap((diff) => diff.hunks)
  return hunks.flatMap(({ lines }) => lines).filter((line) => /^\+.*\S/.test(line)).length
}
