import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeError } from '../errors.ts'
import { copyFolder, emptyFolder, filesIn, sameFiles } from './files.ts'
import { lessonFolder, memoryFolder, root, shown, starterFolder } from './paths.ts'

/**
 * Gives the learner the files of a lesson: copies the starter when none of its files stands in the lesson's folder,
 * and again when an update brought another starter and the learner has changed nothing yet. What a learner changed
 * is never overwritten, and a file that they deleted stays deleted.
 *
 * @returns true when the starter was copied
 * @throws UsageError when a folder can't be written
 */
export async function ensureLesson(slug: string, project = root): Promise<boolean> {
  const folder = lessonFolder(slug, project)
  const starter = starterFolder(slug, project)
  const given = join(memoryFolder(project), 'starters', slug)
  const isBegun = filesIn(starter).some((file) => existsSync(join(folder, file)))
  const isOutdated = sameFiles(folder, given, ['starter']) && !sameFiles(given, starter)
  if (isBegun && !isOutdated) return false
  try {
    if (isOutdated) await emptyFolder(folder, ['starter'])
    await copyFolder(starter, folder)
    await rm(given, { recursive: true, force: true })
    await copyFolder(starter, given)
  } catch (error) {
    throw writeError(shown(folder, project), error)
  }
  return true
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
