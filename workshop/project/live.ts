/** The last verdicts, for the live panel of the site: `.workshop/live.json`. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Verdict } from '../../checks/verdict.ts'
import { writeError } from '../errors.ts'
import { writeAtomic } from './files.ts'
import { withLock } from './lock.ts'
import { memoryFolder, root, shown } from './paths.ts'

/** The file's content: newest last. */
export interface LiveFile {
  events: LiveEvent[]
}

export interface LiveEvent {
  /** Unique among all runs of the command, without line ends. */
  id: string
  /** When the verdict was found, in ISO 8601; of an end, when the last verdict before it was. */
  at: string
  verdict?: Verdict
  /** In place of a verdict: the slug of the lesson that is not checked any longer. */
  ended?: string
}

/** How many events are kept. */
const KEPT = 50

const run = `${Date.now().toString(36)}-${process.pid}`
let count = 0

/**
 * Adds a verdict to the file. One that is no such file begins anew.
 *
 * @throws UsageError when the file can't be written
 */
export function recordLive(verdict: Verdict, project = root): Promise<void> {
  return change(project, (events) => [...events, { id: nextId(), at: new Date().toISOString(), verdict }])
}

/**
 * Notes that this run no longer checks a lesson, unless another run has had the last word on it.
 *
 * @throws UsageError when the file can't be written
 */
export function recordEnd(slug: string, project = root): Promise<void> {
  return change(project, (events) => {
    const last = events.findLast((event) => lessonOf(event) === slug)
    if (!last?.verdict || !last.id.startsWith(run)) return undefined
    return [...events, { id: nextId(), at: last.at, ended: slug }]
  })
}

/** The slug of the lesson that an event is about. */
export function lessonOf({ verdict, ended }: LiveEvent): string | undefined {
  return verdict?.lesson.slug ?? ended
}

function nextId(): string {
  return `${run}-${count++}`
}

/** Reads, changes and writes under a lock; where `edit` answers nothing, nothing is written. */
async function change(
  project: string,
  edit: (events: LiveEvent[]) => LiveEvent[] | undefined,
): Promise<void> {
  const path = join(memoryFolder(project), 'live.json')
  try {
    await withLock(join(memoryFolder(project), 'live.lock'), async () => {
      const events = edit(await readEvents(path))?.slice(-KEPT)
      if (events) await writeAtomic(path, JSON.stringify({ events } satisfies LiveFile))
    })
  } catch (error) {
    throw writeError(shown(path, project), error)
  }
}

async function readEvents(path: string): Promise<LiveFile['events']> {
  try {
    const { events } = JSON.parse(await readFile(path, 'utf8')) as LiveFile
    return Array.isArray(events) ? events : []
  } catch {
    return []
  }
}
