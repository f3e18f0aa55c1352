import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { lessons } from '../checks/lessons.ts'
import type { LessonManifest } from '../checks/support/manifest.ts'
import { errorCode, writeError } from './errors.ts'
import { writeAtomic } from './files.ts'
import { withLock } from './lock.ts'
import { memoryFolder, root, shown } from './project.ts'

/** What the workshop remembers of a learner. Slugs it does not know are kept: they may be from a newer workshop. */
export interface Progress {
  version: 1
  /** The slug of the lesson that commands without a number mean. */
  current?: string
  /** When each lesson first passed: its slug, and the time in ISO 8601. */
  done: Record<string, string>
}

/**
 * Reads the progress; nothing is written. A file that was damaged is set aside and reported, and the progress
 * begins anew.
 *
 * @throws UsageError when the file can't be read or set aside
 */
export async function readProgress(project = root): Promise<Progress> {
  const path = progressFile(project)
  try {
    const text = await readFile(path, 'utf8')
    const progress = parseProgress(text)
    if (progress) return progress
    const aside = path.replace(/json$/, `damaged-${new Date().toISOString().replaceAll(':', '-')}.json`)
    await rename(path, aside)
    process.stderr.write(
      `Your progress file was damaged. It is kept as ${shown(aside, project)}; a new one begins.\n`,
    )
  } catch (error) {
    // Two commands may find the damage at once; the file is then already set aside.
    if (errorCode(error) !== 'ENOENT') throw writeError(shown(path, project), error)
  }
  return { version: 1, done: {} }
}

/** Makes a lesson the one that commands without a number mean. */
export async function setCurrent(slug: string, project = root): Promise<void> {
  await change(project, (progress) => ({ ...progress, current: slug }))
}

/** Notes that a lesson passed. The first time is kept. */
export async function markDone(slug: string, project = root): Promise<void> {
  await change(project, (progress) => ({
    ...progress,
    done: { [slug]: new Date().toISOString(), ...progress.done },
  }))
}

/** The lesson that a command without a number means: the one last chosen, or else the first that is not done. */
export async function currentLesson(project = root): Promise<LessonManifest> {
  const { current, done } = await readProgress(project)
  const chosen = lessons.find(({ slug }) => slug === current)
  const lesson = chosen ?? lessons.find(({ slug }) => !(slug in done)) ?? lessons.at(-1)
  if (!lesson) throw new Error('checks/lessons.ts lists no lesson')
  return lesson
}

/** Reads, changes and writes under a lock, so that two terminals never undo each other's change. */
async function change(project: string, edit: (progress: Progress) => Progress): Promise<void> {
  const path = progressFile(project)
  try {
    await withLock(join(memoryFolder(project), 'progress.lock'), async () => {
      const next = edit(await readProgress(project))
      await writeAtomic(path, `${JSON.stringify(next, undefined, 2)}\n`)
    })
  } catch (error) {
    throw writeError(shown(path, project), error)
  }
}

function progressFile(project: string): string {
  return join(memoryFolder(project), 'progress.json')
}

/** The progress in `text`, or undefined when it is no such thing. */
function parseProgress(text: string): Progress | undefined {
  try {
    const read: unknown = JSON.parse(text)
    return isProgress(read) ? read : undefined
  } catch {
    return undefined
  }
}

function isProgress(read: unknown): read is Progress {
  if (typeof read !== 'object' || read === null) return false
  const { version, current, done } = read as Record<string, unknown>
  if (version !== 1 || !(current === undefined || typeof current === 'string')) return false
  if (typeof done !== 'object' || done === null || Array.isArray(done)) return false
  return Object.values(done).every((date) => typeof date === 'string')
}
