/**
 * A case as one small file: what the server does, which check must catch it, and how it differs from the solution, as a
 * unified diff. Here it is text and data alone; `cases.ts` reads the files.
 */
import {
  applyPatch,
  FILE_HEADERS_ONLY,
  formatPatch,
  parsePatch,
  type StructuredPatch,
  structuredPatch,
} from 'diff'
import { UsageError } from '../errors.ts'

/** What the first lines of a patch say. */
export interface About {
  /** One sentence: what this server does. */
  says: string
  /** The id of the check that must catch it. Only of wrong ones. */
  caught?: string
}

/** A patch that was read. */
export interface CasePatch {
  about: About
  /** How it differs from the solution: one a file. */
  diffs: StructuredPatch[]
}

/** The texts of files, by their names in a folder, with forward slashes. */
export type Texts = ReadonlyMap<string, string>

/**
 * Reads a patch: `says: …`, for a wrong case `caught: …`, and from the first `--- ` on the diff.
 *
 * @throws UsageError that says in a sentence what is wrong with it
 */
export function readPatch(text: string): CasePatch {
  return { about: readAbout(text), diffs: readDiffs(text) }
}

/**
 * Reads what stands before the diff.
 *
 * @throws UsageError that says in a sentence what is wrong with it
 */
export function readAbout(text: string): About {
  const about: Record<string, string> = {}
  for (const line of text.slice(0, diffBegins(text)).split('\n')) {
    if (line === '') continue
    if (line.endsWith('\r')) throw new UsageError('its first lines end with CR LF; save it with LF')
    const [, name, value = ''] = /^(says|caught):\s*(.*)$/.exec(line) ?? []
    if (name === undefined) throw new UsageError(`"${line}" is neither "says: …" nor "caught: …"`)
    about[name] = value
  }
  return { says: about.says ?? '', caught: about.caught }
}

/**
 * What the files become that a patch changes or adds.
 *
 * Nothing is guessed: the lines that a hunk takes away or shows must stand in the solution exactly once. Its line
 * numbers may then be old, and it still can not change another place than was meant.
 *
 * @throws UsageError that says in a sentence what does not fit
 */
export function applyDiffs(diffs: readonly StructuredPatch[], solution: Texts): Map<string, string> {
  const files = new Map(diffs.map((diff) => applyDiff(diff, solution)))
  if (files.size < diffs.length) throw new UsageError('it names a file twice')
  return files
}

/** A patch as text. Files that are as in the solution are left out; `undefined` when no file differs. */
export function writePatch({ says, caught }: About, files: Texts, solution: Texts): string | undefined {
  const diffs = [...files].flatMap(([file, text]) => makeDiff(file, solution.get(file), text) ?? [])
  if (diffs.length === 0) return undefined
  const about = [`says: ${says}`, ...(caught === undefined ? [] : [`caught: ${caught}`])]
  return `${about.join('\n')}\n\n${formatPatch(diffs, FILE_HEADERS_ONLY)}`
}

function diffBegins(text: string): number {
  const at = text.search(/^--- /m)
  if (at === -1) throw new UsageError('there is no diff in it')
  return at
}

function readDiffs(text: string): StructuredPatch[] {
  const all = text.slice(diffBegins(text)).split('\n')
  const diffs = parse(text)
  // The parser passes over what it does not know, such as a hunk whose first line was mistyped.
  const read = diffs.flatMap(({ hunks }) => ['---', '+++', ...hunks.flatMap(({ lines }) => ['@@', ...lines])])
  if (count(read) !== count(all)) throw new UsageError('it has lines that are part of no change')
  return diffs
}

function parse(text: string): StructuredPatch[] {
  try {
    return parsePatch(`${text}\n\n`) // an editor may have cut off empty lines at the end
  } catch (error) {
    throw new UsageError(`its diff can not be read: ${error instanceof Error ? error.message : error}`)
  }
}

/** How many lines are not empty. An empty one is a separator, or an unchanged line whose space an editor cut off. */
function count(lines: readonly string[]): number {
  return lines.filter((line) => line !== '').length
}

function applyDiff(diff: StructuredPatch, solution: Texts): [file: string, text: string] {
  const { oldFileName: from, newFileName: file = '', hunks } = diff
  const isNew = from === NO_FILE
  if (!isNew && from !== file) {
    throw new UsageError(`"--- ${from}" and "+++ ${file}" should name the same file`)
  }
  if (isNew && solution.has(file)) throw new UsageError(`the solution has a ${file} as well`)
  const before = isNew ? '' : solution.get(file)
  if (before === undefined) throw new UsageError(`the solution has no ${file}`)
  for (const hunk of isNew ? [] : hunks) {
    const times = timesIn(before, hunk)
    const place = `what it shows of ${file} from line ${hunk.oldStart} on`
    if (times === 0) throw new UsageError(`${place} is not in the solution`)
    if (times > 1) throw new UsageError(`${place} stands ${times} times in the solution`)
  }
  const after = applyPatch(before, diff, { autoConvertLineEndings: false })
  if (after === false)
    throw new UsageError(`its changes of ${file} have another order, or another end of the file`)
  return [file, after]
}

/** How often the lines that a hunk takes away or shows stand in a text. */
function timesIn(text: string, { lines }: StructuredPatch['hunks'][number]): number {
  const old = lines.filter((line) => !/^[+\\]/.test(line)).map((line) => line.slice(1))
  const all = text.replace(/\n$/, '').split('\n')
  return all.filter((_, at) => old.every((line, i) => all[at + i] === line)).length
}

/** With as few unchanged lines around a change as name its place: one at least, so that it reads well. */
function makeDiff(file: string, before: string | undefined, after: string): StructuredPatch | undefined {
  if (before === after) return undefined
  if (before === undefined) return structuredPatch(NO_FILE, file, '', after)
  for (let context = 1; ; context++) {
    const diff = structuredPatch(file, file, before, after, undefined, undefined, { context })
    if (diff.hunks.every((hunk) => timesIn(before, hunk) === 1)) return diff
  }
}

/** What a diff calls a file that is not there. */
const NO_FILE = '/dev/null'
