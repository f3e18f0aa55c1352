/**
 * Exchanges what stands in a lesson's folder: all of it, or nothing. Whatever ends the command in the middle, the next
 * one brings it to its end. Nothing is overwritten or deleted on the way: what stood there is moved aside, for which a
 * full disk has room, and becomes a backup.
 *
 * 1. A folder `partial-…` beside the lesson's backups gets a copy of what is to come, `waits/`, and an empty `went/`.
 *    So far nothing has happened.
 * 2. It is renamed to `swap-…`. From here on there is no way back, except for the command that does it.
 * 3. What stands in the lesson's folder moves to `went/`, one by one. Then `waits/` is renamed to `comes/`.
 * 4. What is in `comes/` moves to the lesson's folder, and `went/` becomes a backup.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, lstatSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { errorCode, writeError } from '../errors.ts'
import { type Backup, backupHome, backupOf, backupsFolder, entriesOf, nextBackup } from './backup.ts'
import { copy, type Path, within } from './files.ts'
import { withLock } from './lock.ts'
import { lessonFolder, memoryFolder } from './paths.ts'

/** What is to come into a lesson's folder. */
export interface Coming {
  slug: string
  /** The folder with it. It is copied, and stays as it is. */
  from: string
  /** The backup that it is, if it is one. */
  restored?: Backup
  /** It is added to what is there, of which only what has the same name has to go. */
  adds?: boolean
}

/** What became of a lesson's folder. */
export interface Swapped {
  /** The backup that came. Undefined when it was the starter. */
  restored?: Backup
  /** What went. Undefined when nothing stood there. */
  kept?: Backup
}

const WAITS = 'waits'
const COMES = 'comes'
const WENT = 'went'
const PARTIAL = 'partial-'
const SWAP = 'swap-'
const STARTER = 'starter'

/**
 * Runs `task` while no other command touches the files of lessons. What one that was killed had begun, for this lesson
 * or for any when no slug is given, is brought to its end first; the task is told of it.
 *
 * @throws UsageError when a folder can't be written
 */
export async function holdLessons<T>(
  project: string,
  slug: string | undefined,
  task: (finished: Swapped[]) => Promise<T>,
): Promise<T> {
  try {
    return await withLock(join(memoryFolder(project), 'lessons.lock'), async () => {
      const slugs = slug ? [slug] : entriesOf(backupsFolder(project))
      const finished: Swapped[] = []
      for (const each of slugs) finished.push(...(await finish(each, project)))
      return task(finished)
    })
  } catch (error) {
    throw writeError('The folder lessons/ or .workshop/', error)
  }
}

/** Whether a lesson's files are just being exchanged, or were when the command was killed. */
export function isSwapping(slug: string, project: string): boolean {
  return entriesOf(backupHome(slug, project)).some((name) => name.startsWith(SWAP))
}

/** Exchanges a lesson's files, its starter left aside. Only for who holds the lessons. What it throws, nothing has changed. */
export async function swapIn({ slug, from, restored, adds }: Coming, project: string): Promise<Swapped> {
  const home = backupHome(slug, project)
  const draft = join(home, `${PARTIAL}${randomUUID()}`)
  const swap = join(home, `${SWAP}${restored?.time ?? STARTER}`)
  const moves = new Moves()
  try {
    await mkdir(join(draft, WENT), { recursive: true })
    await mkdir(lessonFolder(slug, project), { recursive: true })
    await copy(from, join(draft, adds ? COMES : WAITS))
    await rename(draft, swap)
    return await carryOut(swap, slug, project, moves)
  } catch (error) {
    await moves.takeBack()
    if (existsSync(swap)) await rename(swap, draft)
    await rm(draft, { recursive: true, force: true }) // a full disk has no room for a half of it
    throw error
  }
}

/** Brings to its end what was begun, and removes what was only prepared. */
async function finish(slug: string, project: string): Promise<Swapped[]> {
  const home = backupHome(slug, project)
  const finished: Swapped[] = []
  for (const name of entriesOf(home)) {
    if (name.startsWith(PARTIAL)) await rm(join(home, name), { recursive: true, force: true })
    if (name.startsWith(SWAP)) finished.push(await carryOut(join(home, name), slug, project, new Moves()))
  }
  return finished
}

/** Steps 3 and 4, from wherever they were left. */
async function carryOut(swap: string, slug: string, project: string, moves: Moves): Promise<Swapped> {
  const [waits, comes, went] = [join(swap, WAITS), join(swap, COMES), join(swap, WENT)]
  const lesson = lessonFolder(slug, project)
  if (existsSync(waits)) {
    for (const name of await readdir(lesson, 'buffer')) {
      if (name.toString() !== STARTER) await moves.move(within(lesson, name), within(went, name))
    }
    await moves.move(waits, comes)
  }
  if (existsSync(comes)) await moveIn(comes, lesson, went, moves)
  const hasGone = existsSync(went) && (await readdir(went)).length > 0
  const kept = hasGone ? nextBackup(slug, project) : undefined
  if (kept) await moves.move(went, kept.folder)
  const rest = join(swap, '..', `${PARTIAL}${randomUUID()}`)
  await rename(swap, rest)
  await rm(rest, { recursive: true, force: true }).catch(() => {}) // the next command tries again
  const time = basename(swap).slice(SWAP.length)
  return { kept, ...(time !== STARTER && { restored: backupOf(slug, time, project) }) }
}

/** Moves everything in `from` into `to`. What has the same name there, and was saved meanwhile, goes to `aside`. */
async function moveIn(from: Path, to: Path, aside: string, moves: Moves): Promise<void> {
  for (const name of await readdir(from, 'buffer')) {
    const [source, target] = [within(from, name), within(to, name)]
    if (isFolder(source) && isFolder(target)) {
      await moveIn(source, target, aside, moves)
      continue
    }
    if (isThere(target)) await moves.move(target, within(aside, name))
    await moves.move(source, target)
  }
}

/** Renames that overwrite nothing, and that can be taken back. */
class Moves {
  #done: [from: Path, to: Path][] = []

  async move(from: Path, to: Path): Promise<void> {
    const free = freeName(to)
    await moveAway(from, free)
    this.#done.push([from, free])
  }

  async takeBack(): Promise<void> {
    for (const [from, to] of this.#done.reverse()) await moveAway(to, freeName(from))
  }
}

async function moveAway(from: Path, to: Path): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error
    const draft = Buffer.concat([Buffer.from(to), Buffer.from('.partial')]) // the folders are on two disks
    await copy(from, draft)
    await rename(draft, to)
    await rm(from, { recursive: true })
  }
}

/** `path`, or what is nobody's name yet: `server.ts.2` */
function freeName(path: Path): Path {
  let free = path
  for (let number = 2; isThere(free); number++) {
    free = Buffer.concat([Buffer.from(path), Buffer.from(`.${number}`)])
  }
  return free
}

function isThere(path: Path): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function isFolder(path: Path): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
