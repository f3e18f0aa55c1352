import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { LessonManifest } from '../../checks/manifest.ts'
import { memoryFolder, solutionFolder } from '../project/paths.ts'
import type { Target } from '../run/target.ts'
import type { CaseFiles } from './cases.ts'

/** The folder in which cases are put together. Inside the project, where imports find its packages. */
export async function gradeFolder(): Promise<string> {
  await mkdir(memoryFolder(), { recursive: true })
  return mkdtemp(join(memoryFolder(), 'grade-'))
}

/**
 * Makes a learner's folder of a case: the solution, with the case's files in place of its own.
 *
 * @param into where to put it, absolute
 */
export async function assemble(
  { lesson, files }: { lesson: LessonManifest; files: CaseFiles },
  into: string,
): Promise<Target> {
  await cp(solutionFolder(lesson.slug), into, { recursive: true })
  for (const [name, content] of files) {
    const file = join(into, name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
  return { kind: 'folder', folder: into, label: `lessons/${lesson.slug}` }
}
