import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { lessons } from '../../checks/lessons.ts'
import type { LessonManifest } from '../../checks/manifest.ts'
import { errorCode, writeError } from '../errors.ts'
import { writeAtomic } from './files.ts'
import { withLock } from './lock.ts'
import { memoryFolder, root, shown } from './paths.ts'

/** What the workshop remembers of a learner. Slugs it does not know are kept: they may be from a newer workshop. */
export interface Progress {
  version: 1
  /** The slug of the lesson that commands without a number mean. */
  current?: string
  /** When each lesson first passed: its slug, and the time in ISO 8601. */
  done: Record<string, string>
}

/** Where a line for the learner goes, when there is something to say. */
type Tell = (line: string) => void

const toTerminal: Tell = (line) => void process.stderr.write(`${line}\n`)

/**
 * Reads the progress. Nothing is written, unless the file was damaged: then it is set aside, which is told, and the
 * progress goes on with what can still be read of it.
 *
 * @throws UsageError when the file can't be read or set aside
 */
export async function readProgress(project = root, tell = toTerminal): Promise<Progress> {
  try {
    const progress = await load(progressFile(project))
    if (progress) return progress
  } catch (error) {
    throw writeError(shown(progressFile(project), project), error)
  }
  return change(project, (progress) => progress, tell)
}

/** Makes a lesson the one that commands without a number mean. */
export function setCurrent(slug: string, project = root, tell = toTerminal): Promise<Progress> {
  return change(project, (progress) => ({ ...progress, current: slug }), tell)
}

/** Notes that a lesson passed. The first time is kept. */
export function markDone(slug: string, project = root, tell = toTerminal): Promise<Progress> {
  const edit = (progress: Progress): Progress => ({
    ...progress,
    done: { [slug]: new Date().toISOString(), ...progress.done },
  })
  return change(project, edit, tell)
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
async function change(
  project: string,
  edit: (progress: Progress) => Progress,
  tell: Tell,
): Promise<Progress> {
  const path = progressFile(project)
  try {
    return await withLock(join(memoryFolder(project), 'progress.lock'), async () => {
      const next = edit((await load(path)) ?? (await setAside(path, project, tell)))
      await writeAtomic(path, `${JSON.stringify(next, undefined, 2)}\n`)
      return next
    })
  } catch (error) {
    throw writeError(shown(path, project), error)
  }
}

/** The progress in a file, which may not be there yet; undefined when the file is damaged. */
async function load(path: string): Promise<Progress | undefined> {
  try {
    return parseProgress(await readFile(path, 'utf8'))
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    return { version: 1, done: {} }
  }
}

/** Keeps a damaged file under another name, and answers what can still be read of it. */
async function setAside(path: string, project: string, tell: Tell): Promise<Progress> {
  const saved = salvage(await readFile(path, 'utf8'))
  const aside = path.replace(/json$/, `damaged-${new Date().toISOString().replaceAll(':', '-')}.json`)
  await rename(path, aside)
  const count = Object.keys(saved.done).length
  const rest = count > 0 ? `what could be read of it goes on: ${count} done` : 'a new one begins'
  tell(`Your progress file was damaged. It is kept as ${shown(aside, project)}; ${rest}.`)
  return saved
}

/** Whatever looks like a lesson's slug with its time: a file that was cut off, or edited by hand, still has most. */
function salvage(text: string): Progress {
  const current = text.match(/"current":\s*"([^"]+)"/)?.[1]
  const entries = text.matchAll(/"([^"]+)":\s*"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/g)
  const done = Object.fromEntries(Array.from(entries, ([, slug, time]) => [slug, time]))
  return { version: 1, ...(current !== undefined && { current }), done }
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
