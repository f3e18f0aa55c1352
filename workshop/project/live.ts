/** The last verdicts, for the live panel of the site: `.workshop/live.json`. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Verdict } from '../../checks/verdict.ts'
import { writeError } from '../errors.ts'
import { writeAtomic } from './files.ts'
import { withLock } from './lock.ts'
import { memoryFolder, root, shown } from './paths.ts'

/** The file's content: newest last. An id is unique among all runs of the command. */
export interface LiveFile {
  events: { id: string; verdict: Verdict }[]
}

/** How many verdicts are kept. */
const KEPT = 50

const run = `${Date.now().toString(36)}-${process.pid}`
let count = 0

/**
 * Adds a verdict to the file. One that is no such file begins anew.
 *
 * @throws UsageError when the file can't be written
 */
export async function recordLive(verdict: Verdict, project = root): Promise<void> {
  const path = join(memoryFolder(project), 'live.json')
  const event = { id: `${run}-${count++}`, verdict }
  try {
    await withLock(join(memoryFolder(project), 'live.lock'), async () => {
      const events = [...(await readEvents(path)), event].slice(-KEPT)
      await writeAtomic(path, JSON.stringify({ events } satisfies LiveFile))
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
