/** The project's real files: every piece of code on a page is read from them, so it can't grow old. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const project = import.meta.env.PROJECT

/**
 * A file of the project.
 *
 * @param file relative to the project, with forward slashes
 * @throws Error when it is not there, which ends the build
 */
function readProject(file: string): string {
  return readFileSync(join(project, file), 'utf8').replaceAll('\r\n', '\n')
}

/**
 * The lines of a file from the first that contains `from` to the next that contains `to`, both included, without the
 * indentation that they share. Without `to` it is one line, and what it opens, to the line that closes that; without either,
 * the whole file.
 *
 * @throws Error when the file or one of the two texts is missing, which ends the build
 */
export function readRegion(file: string, from?: string, to?: string): string {
  const lines = readProject(file).trimEnd().split('\n')
  if (from === undefined) return lines.join('\n')
  const start = find(lines, from, 0, file)
  const end = to === undefined ? closing(lines, start) : find(lines, to, start, file)
  return dedent(lines.slice(start, end + 1)).join('\n')
}

function find(lines: string[], text: string, start: number, file: string): number {
  const index = lines.findIndex((line, number) => number >= start && line.includes(text))
  if (index === -1) throw new Error(`${file} has no line with "${text}", and a page of the site shows it`)
  return index
}

/** Where a line's block ends: at the next line that is indented no deeper. A line that opens none ends itself. */
function closing(lines: readonly string[], start: number): number {
  const indent = (line = '') => (line.trim() === '' ? Number.POSITIVE_INFINITY : line.search(/\S/))
  const own = indent(lines[start])
  if (indent(lines[start + 1]) <= own) return start
  return lines.findIndex((line, number) => number > start && indent(line) <= own)
}

/** Takes away the indentation that all lines share. */
function dedent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  const shared = Math.min(...indents)
  return lines.map((line) => line.slice(Number.isFinite(shared) ? shared : 0))
}

/** The language of a file for the highlighter: what stands after its last dot, but for the files of proxies. */
export function languageOf(file: string): string {
  const end = file.slice(Math.max(file.lastIndexOf('.'), file.lastIndexOf('/')) + 1)
  return PROXIES[end] ?? end
}

const PROXIES: Record<string, string> = { conf: 'nginx', cfg: 'txt', Caddyfile: 'txt' }
