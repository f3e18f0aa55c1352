import { UsageError } from '../errors.ts'
import { type Backup, latest } from './backup.ts'
import { filesIn, sameFiles } from './files.ts'
import { lessonFolder, root, shown, starterFolder } from './paths.ts'
import { holdLessons, type Swapped, swapIn } from './swap.ts'

/**
 * Brings a lesson back to its starter. What was in its folder is kept in the backup that is returned. Undefined when
 * there was nothing to keep: a folder that equals its starter gets no backup, so that a second reset does not hide
 * the learner's code from `undo`.
 *
 * @throws UsageError when a folder can't be written; then nothing has changed
 */
export async function resetLesson(slug: string, project = root): Promise<Backup | undefined> {
  const starter = starterFolder(slug, project)
  if (filesIn(starter).length === 0) {
    throw new UsageError(`There is no starter in ${shown(starter, project)}: the workshop is not complete.`)
  }
  return holdLessons(project, slug, async ([finished]) => {
    if (!sameFiles(lessonFolder(slug, project), starter, ['starter'])) {
      return (await swapIn({ slug, from: starter }, project)).kept
    }
    return finished?.restored ? undefined : finished?.kept // of a reset that was ended in the middle
  })
}

/** What an undo did: the backup that is back, and the backup of what stood there until then. */
export type Undone = Swapped & { restored: Backup }

/**
 * Restores the latest backup: of one lesson, or of all when no slug is given. What is there now is backed up
 * first, so that a second undo takes back the first. An undo that was ended in the middle is brought to its end.
 *
 * @throws UsageError when there is no backup, or a folder can't be written; then nothing has changed
 */
export async function undoReset(slug?: string, project = root): Promise<Undone> {
  return holdLessons(project, slug, async (finished) => {
    const resumed = finished.find((each): each is Undone => each.restored !== undefined)
    if (resumed) return resumed
    const restored = latest(slug, project)
    if (!restored) throw new UsageError(nothingToUndo(slug))
    const { kept } = await swapIn({ slug: restored.slug, from: restored.folder, restored }, project)
    return { restored, kept }
  })
}

function nothingToUndo(slug?: string): string {
  const of = slug ? ` of ${slug}` : ''
  return `There is nothing to undo: no backup${of} was made yet. A backup is made by: npm run reset`
}
