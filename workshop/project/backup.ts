import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError, writeError } from '../errors.ts'
import { copyFolder, emptyFolder, filesIn, sameFiles } from './files.ts'
import { withLock } from './lock.ts'
import { lessonFolder, memoryFolder, root, shown, starterFolder } from './paths.ts'

/** A copy of everything that a learner had in a lesson's folder. */
export interface Backup {
  slug: string
  /** Where the copy is, as an absolute path. */
  folder: string
  /** When it was made: ISO 8601, with `-` in place of `:`, which Windows forbids in file names. */
  time: string
}

/**
 * Brings a lesson back to its starter. What was in its folder is kept in the backup that is returned. Undefined when
 * there was nothing to keep: a folder that equals its starter gets no backup, so that a second reset does not hide
 * the learner's code from `undo`.
 *
 * @throws UsageError when a folder can't be written; then nothing is lost
 */
export async function resetLesson(slug: string, project = root): Promise<Backup | undefined> {
  const starter = starterFolder(slug, project)
  if (filesIn(starter).length === 0) {
    throw new UsageError(`There is no starter in ${shown(starter, project)}: the workshop is not complete.`)
  }
  return takeTurns(project, async () => {
    if (sameFiles(lessonFolder(slug, project), starter, ['starter'])) return undefined
    const kept = await backup(slug, project)
    await replace(slug, starter, project)
    return kept
  })
}

/**
 * Restores the latest backup: of one lesson, or of all when no slug is given. What is there now is backed up
 * first, so that a second undo takes back the first.
 *
 * @throws UsageError when there is no backup, or a folder can't be written
 */
export async function undoReset(slug?: string, project = root): Promise<{ restored: Backup; kept?: Backup }> {
  return takeTurns(project, async () => {
    const restored = latest(slug, project)
    if (!restored) throw new UsageError(nothingToUndo(slug))
    const kept = await backup(restored.slug, project)
    await replace(restored.slug, restored.folder, project)
    return kept ? { restored, kept } : { restored }
  })
}

/** The backup made last; undefined when there is none. */
export function latest(slug?: string, project = root): Backup | undefined {
  const slugs = slug ? [slug] : entriesOf(backupsFolder(project))
  return slugs
    .flatMap((each) => backupsOf(each, project))
    .sort((a, b) => (a.time < b.time ? -1 : 1))
    .at(-1)
}

/** Copies what is in a lesson's folder, but for the starter. The copy gets its name when it is complete. */
async function backup(slug: string, project: string): Promise<Backup | undefined> {
  const from = lessonFolder(slug, project)
  if (filesIn(from, ['starter']).length === 0) return undefined
  const home = join(backupsFolder(project), slug)
  const draft = join(home, `partial-${randomUUID()}`)
  try {
    await copyFolder(from, draft, ['starter'])
  } catch (error) {
    await rm(draft, { recursive: true, force: true }) // a full disk has no room for a half of it
    throw error
  }
  const time = nextTime(project)
  const folder = join(home, time)
  await rename(draft, folder)
  return { slug, folder, time }
}

/** Now, or just after the latest backup if that is later: two in one millisecond, or a clock that was set back. */
function nextTime(project: string): string {
  const last = latest(undefined, project)?.time.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:')
  const time = Math.max(Date.now(), last ? Date.parse(last) + 1 : 0)
  return new Date(time).toISOString().replaceAll(':', '-')
}

async function replace(slug: string, from: string, project: string): Promise<void> {
  const folder = lessonFolder(slug, project)
  if (existsSync(folder)) await emptyFolder(folder, ['starter'])
  await copyFolder(from, folder)
}

function backupsOf(slug: string, project: string): Backup[] {
  const home = join(backupsFolder(project), slug)
  const times = entriesOf(home).filter((name) => /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/.test(name))
  return times.map((time) => ({ slug, folder: join(home, time), time }))
}

function entriesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}

function backupsFolder(project: string): string {
  return join(memoryFolder(project), 'backups')
}

async function takeTurns<T>(project: string, task: () => Promise<T>): Promise<T> {
  try {
    return await withLock(join(memoryFolder(project), 'backups.lock'), task)
  } catch (error) {
    throw writeError('The folder lessons/ or .workshop/', error)
  }
}

function nothingToUndo(slug?: string): string {
  const of = slug ? ` of ${slug}` : ''
  return `There is nothing to undo: no backup${of} was made yet. A backup is made by: npm run reset`
}
