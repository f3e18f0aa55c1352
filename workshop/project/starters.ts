import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { copy, filesIn, sameFiles } from './files.ts'
import { lessonFolder, memoryFolder, root, starterFolder } from './paths.ts'
import { holdLessons, isSwapping, swapIn } from './swap.ts'

/**
 * Gives the learner the files of a lesson: copies the starter when none of its files stands in the lesson's folder,
 * and again when an update brought another starter and the learner has changed nothing yet. What a learner changed
 * is never overwritten, and a file that they deleted stays deleted.
 *
 * @returns true when the starter was copied
 * @throws UsageError when a folder can't be written
 */
export async function ensureLesson(slug: string, project = root): Promise<boolean> {
  if (!isSwapping(slug, project) && !needs(slug, project)) return false
  const starter = starterFolder(slug, project)
  const given = givenFolder(slug, project)
  return holdLessons(project, slug, async () => {
    const need = needs(slug, project) // another command may just have given it
    if (!need) return false
    const { kept } = await swapIn({ slug, from: starter, adds: need === 'files' }, project)
    if (kept && sameFiles(kept.folder, given)) await rm(kept.folder, { recursive: true })
    await rm(given, { recursive: true, force: true })
    await copy(starter, given)
    return true
  })
}

/** Whether a lesson's files are those of its starter. Files that are being saved at this moment are not. */
export function isStarter(slug: string, project = root): boolean {
  try {
    return sameFiles(lessonFolder(slug, project), starterFolder(slug, project), ['starter'])
  } catch {
    return false
  }
}

/** Does so for every lesson that has a starter. */
export async function ensureLessons(project = root): Promise<void> {
  for (const slug of readdirSync(join(project, 'lessons'))) {
    if (existsSync(starterFolder(slug, project))) await ensureLesson(slug, project)
  }
}

/** What a lesson lacks: its files, or those of the newer starter; undefined when it lacks nothing. */
function needs(slug: string, project: string): 'files' | 'update' | undefined {
  const folder = lessonFolder(slug, project)
  const starter = starterFolder(slug, project)
  const given = givenFolder(slug, project)
  if (sameFiles(folder, given, ['starter']) && !sameFiles(given, starter)) return 'update'
  return filesIn(starter).some((file) => existsSync(join(folder, file))) ? undefined : 'files'
}

/** The starter that the learner was given, as it was then. */
function givenFolder(slug: string, project: string): string {
  return join(memoryFolder(project), 'starters', slug)
}
