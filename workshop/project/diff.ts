import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type StructuredPatchHunk, structuredPatch } from 'diff'
import type { DiffHint } from '../../checks/manifest.ts'
import { filesIn, isFile } from './files.ts'
import { root, solutionFolder, starterFolder } from './paths.ts'

/** How one file differs between two folders. */
export interface FileDiff {
  /** Relative to both folders, with forward slashes. */
  file: string
  /** `added`: only the second folder has it; `removed`: only the first one has. */
  state: 'changed' | 'added' | 'removed'
  hunks: StructuredPatchHunk[]
}

/**
 * The files that differ between two folders, sorted by name. Line ends (LF or CRLF) make no difference. Hidden
 * files, `node_modules` and starters are left out.
 *
 * @param context how many unchanged lines to keep around a change
 */
export function diffFolders(from: string, to: string, context = 3): FileDiff[] {
  const files = new Set([...textFiles(from), ...textFiles(to)])
  return [...files].sort().flatMap((file) => diffFile(from, to, file, context) ?? [])
}

/**
 * The lines that a hint shows: the hunks of the starter → solution diff that add `hint.lines`, with one unchanged
 * line on either side. Where the starter has those lines already, they are shown as unchanged.
 */
export function hintHunks(slug: string, hint: DiffHint, project = root): StructuredPatchHunk[] {
  const diff = diffFile(starterFolder(slug, project), solutionFolder(slug, project), hint.file, 1)
  const adds = (line: string) => line.startsWith('+') && line.includes(hint.lines)
  const hunks = diff?.hunks.filter(({ lines }) => lines.some(adds)) ?? []
  return hunks.length > 0 ? hunks : unchangedHunk(join(solutionFolder(slug, project), hint.file), hint.lines)
}

function diffFile(from: string, to: string, file: string, context: number): FileDiff | undefined {
  const before = readText(join(from, file))
  const after = readText(join(to, file))
  if (before === after) return undefined
  const options = { context, stripTrailingCr: true }
  const { hunks } = structuredPatch(file, file, before ?? '', after ?? '', '', '', options)
  const state = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  return hunks.length === 0 && state === 'changed' ? undefined : { file, state, hunks }
}

/** The first line of a file that contains `text`, with its neighbours; nothing when there is none. */
function unchangedHunk(path: string, text: string): StructuredPatchHunk[] {
  const all = readText(path)?.trimEnd().split(/\r?\n/) ?? []
  const found = all.findIndex((line) => line.includes(text))
  if (found === -1) return []
  const start = Math.max(0, found - 1)
  const lines = all.slice(start, found + 2).map((line) => ` ${line}`)
  const [from, count] = [start + 1, lines.length]
  return [{ oldStart: from, oldLines: count, newStart: from, newLines: count, lines }]
}

/** The files of a folder that its author wrote: no hidden ones, none of `node_modules`, no starters. */
export function textFiles(folder: string): string[] {
  const files = filesIn(folder, ['starter', 'node_modules'])
  return files.filter((file) => !/(^|\/)\./.test(file) && isFile(join(folder, file)))
}

function readText(path: string): string | undefined {
  return isFile(path) ? readFileSync(path, 'utf8') : undefined
}
