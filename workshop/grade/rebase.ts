/**
 * Brings patches up to date after a solution was reworded: a three-way merge, made by git, of the solution as it was,
 * the case as it was then, and the solution as it is now.
 */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { lessons } from '../../checks/lessons.ts'
import { UsageError } from '../errors.ts'
import { writeAtomic } from '../project/files.ts'
import { root, solutionFolder } from '../project/paths.ts'
import { type CasePlace, isPatch, placesOf, textsIn } from './cases.ts'
import { applyDiffs, readPatch, type Texts, writePatch } from './patch.ts'

const run = promisify(execFile)

/** What became of a patch that did not fit its solution any more. */
export interface Rebased {
  place: CasePlace
  /** Why it was left as it is; undefined when it was brought up to date. */
  open?: string
  /** Where the merge met a conflict: the case's files, with both versions between git's markers. */
  conflict?: Texts
}

/**
 * Brings every patch up to date that does not fit its solution. Those that fit are not touched.
 *
 * @param revision of the project, in which the patches still fitted: `HEAD`, where the solution is not committed yet
 * @throws UsageError when git does not know the revision
 */
export async function rebasePatches(revision: string, project = root): Promise<Rebased[]> {
  const rebased: Rebased[] = []
  for (const lesson of lessons) {
    const now = textsIn(solutionFolder(lesson.slug, project))
    const patches = placesOf(lesson, project)
      .filter(isPatch)
      .filter((place) => !fits(place, now))
    if (patches.length === 0) continue
    const then = await solutionAt(revision, lesson.slug, project)
    for (const place of patches) rebased.push(await rebase(place, then, now))
  }
  return rebased
}

function fits({ path }: CasePlace, solution: Texts): boolean {
  return attempt(() => applyDiffs(readPatch(readFileSync(path, 'utf8')).diffs, solution)) instanceof Map
}

async function rebase(place: CasePlace, then: Texts, now: Texts): Promise<Rebased> {
  const patch = attempt(() => readPatch(readFileSync(place.path, 'utf8')))
  if (patch instanceof Error) return { place, open: patch.message }
  const files = attempt(() => applyDiffs(patch.diffs, then))
  if (files instanceof Error)
    return { place, open: `it did not fit in that revision either: ${files.message}` }
  const merged = new Map<string, Merged>()
  for (const [file, text] of files) {
    merged.set(file, await merge(now.get(file) ?? '', then.get(file) ?? '', text))
  }
  const texts = new Map([...merged].map(([file, { text }]) => [file, text]))
  if (![...merged.values()].every(({ isClean }) => isClean)) {
    return { place, open: 'the solution and the case changed the same lines', conflict: texts }
  }
  const written = writePatch(patch.about, texts, now)
  if (written === undefined) return { place, open: 'the solution now does the same' }
  await writeAtomic(place.path, written)
  return { place }
}

/** The solution's files in a revision; empty where it was not there yet. */
async function solutionAt(revision: string, slug: string, project: string): Promise<Texts> {
  // Both git commands take paths from the folder in which they run, wherever git's own folder is.
  const folder = `solutions/${slug}/`
  const names = await git(['ls-tree', '-r', '--name-only', revision, folder], project)
  const files = names.split('\n').filter((name) => name !== '')
  const texts = files.map(async (name) => {
    return [name.slice(folder.length), await git(['show', `${revision}:./${name}`], project)] as const
  })
  return new Map(await Promise.all(texts))
}

async function git(words: string[], cwd: string): Promise<string> {
  try {
    return (await run('git', words, { cwd })).stdout
  } catch (error) {
    throw error instanceof Error ? new UsageError(error.message.trim(), { cause: error }) : error
  }
}

interface Merged {
  text: string
  isClean: boolean
}

/**
 * Merges two texts that come from one; where that can not be done, both stand between markers.
 *
 * For git, changes of two lines without one between them that both kept are a conflict. A patch that does not fit any
 * more is mostly that: its context was reworded. So there is first such a line after each.
 */
async function merge(ours: string, base: string, theirs: string): Promise<Merged> {
  const line = randomUUID()
  const spaced = [ours, base, theirs].map((text) => text.replaceAll('\n', `\n${line}\n`))
  const { text, isClean } = await mergeFiles(spaced)
  if (!isClean) return mergeFiles([ours, base, theirs])
  const lines = text.split('\n').filter((each) => each !== line)
  return { text: lines.join('\n'), isClean }
}

/** @param texts what the solution is now, what it was, and the case */
async function mergeFiles(texts: readonly string[]): Promise<Merged> {
  const folder = await mkdtemp(join(tmpdir(), 'merge-'))
  try {
    const names = ['the solution now', 'the solution then', 'the case']
    const files = names.map((name) => join(folder, name))
    await Promise.all(files.map((file, i) => writeFile(file, texts[i] ?? '')))
    const labels = names.flatMap((name) => ['-L', name])
    const { stdout } = await run('git', ['merge-file', '-p', '--diff3', ...labels, ...files])
    return { text: stdout, isClean: true }
  } catch (error) {
    if (!isConflict(error)) throw error
    return { text: error.stdout, isClean: false }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** `git merge-file` ends with the number of conflicts, and with 128 or more when it failed. */
function isConflict(error: unknown): error is { stdout: string } {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'number' && code > 0 && code < 128
}

function attempt<T>(work: () => T): T | Error {
  try {
    return work()
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
}
