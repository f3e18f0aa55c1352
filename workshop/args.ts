import { statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { lessons } from '../checks/lessons.ts'
import { type LessonManifest, lessonNumber } from '../checks/manifest.ts'
import { UsageError } from './errors.ts'
import { nearest } from './nearest.ts'
import { root } from './project/paths.ts'
import { typedPath } from './render/lines.ts'
import type { Where } from './run/target.ts'
import { typedIn } from './typed-in.ts'

/** What was typed after a command's name. */
export interface Words {
  /** Undefined when no lesson was named: the command then takes the current one. */
  lesson?: LessonManifest | 'all'
  /** Whose code is meant; `targetOf` turns it into a folder or an address. Undefined when nothing was named. */
  where?: Where
  json: boolean
  /** Whether it is told where the time went. */
  trace: boolean
  /** The file to write the JUnit report to, as an absolute path. */
  junit?: string
}

/** The kinds of words that a command understands. */
export type Takes = 'lesson' | 'all' | 'target' | 'reports'

/**
 * Reads the words after a command, in any order: `3 solutions` means the same as `solutions 3`.
 *
 * A lesson is `3`, `03`, `03-headers`, `headers`, or a beginning that only one lesson has. A target is `lessons`,
 * `starter`, `solutions`, a folder, or an `https://` address. `--json`, `--junit FILE` and `--trace` ask for reports.
 *
 * @throws UsageError for a word that is none of these, or that this command does not take
 */
export function readWords(command: string, words: string[], takes: readonly Takes[]): Words {
  const { positionals, values } = readFlags(command, words, takes)
  const read: Words = { json: values.json === true, trace: values.trace === true }
  if (values.junit) read.junit = resolve(typedIn(), values.junit)
  for (const word of positionals) {
    if (takes.length === 0) throw notTaken(command, word, takes)
    const meant = readWord(word)
    if (meant.lesson) {
      if (meant.lesson === 'all' && !takes.includes('all')) throw notTaken(command, word, takes)
      if (!takes.includes('lesson')) throw notTaken(command, word, takes)
      if (read.lesson) throw new UsageError(`One lesson at a time: ${command} can't take "${word}" as well.`)
      read.lesson = meant.lesson
    }
    if (meant.where) {
      if (!takes.includes('target')) throw notTaken(command, word, takes)
      if (read.where) throw new UsageError(`One target at a time: ${command} can't take "${word}" as well.`)
      read.where = meant.where
    }
  }
  return read
}

/** Reads the words of a command that takes one lesson and nothing else. Undefined when none was named. */
export function readLesson(command: string, words: string[]): LessonManifest | undefined {
  const { lesson } = readWords(command, words, ['lesson'])
  return lesson === 'all' ? undefined : lesson
}

/** The lesson that a word names, or undefined when it names none. */
export function findLesson(word: string): LessonManifest | undefined {
  const typed = word.toLowerCase()
  if (/^\d+$/.test(typed)) return lessons.find((lesson) => lessonNumber(lesson.slug) === Number(typed))
  const exact = lessons.find(({ slug }) => slug === typed || nameOf(slug) === typed)
  if (exact) return exact
  const begun = lessons.filter(({ slug }) => slug.startsWith(typed) || nameOf(slug).startsWith(typed))
  return begun.length === 1 ? begun[0] : undefined
}

function readWord(word: string): Pick<Words, 'lesson' | 'where'> {
  const typed = word.toLowerCase()
  if (typed === 'all') return { lesson: 'all' }
  const kind = targetWords[typed]
  if (kind) return { where: { kind } }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(word)) return { where: readAddress(word) }
  const lesson = findLesson(word)
  if (lesson) return { lesson }
  if (/^\d+$/.test(word)) {
    throw new UsageError(`There is no lesson ${Number(word)}: lessons go from 1 to ${lessons.length}.`)
  }
  if (/^localhost(:|$)|^\d+\.\d+\.\d+\.\d+(:|$)/.test(typed)) {
    throw new UsageError(`An address begins with https://, so type https://${word}`)
  }
  return readFolder(word)
}

function readAddress(word: string): Where {
  const url = URL.parse(word)
  if (!url) throw new UsageError(`"${word}" is not a complete address. Type it like https://localhost:8080`)
  if (url.protocol !== 'https:') {
    const https = word.replace(/^[^:]+:/, 'https:')
    const inspect = url.protocol === 'http:' ? `. To take any stream apart: ${inspectOf(word)}` : ''
    throw new UsageError(
      `Browsers speak HTTP/2 only over TLS, so the address must begin with https:// (${https})${inspect}`,
    )
  }
  if (url.search !== '' || !ASKED.includes(url.pathname)) {
    const rest = url.pathname + url.search
    throw new UsageError(
      `The checks ask for / and /events, never for ${rest}. Type the address alone: ${url.origin} – or take that stream apart: ${inspectOf(word)}`,
    )
  }
  return { kind: 'address', origin: url.origin }
}

/** The command that takes any address. */
function inspectOf(word: string): string {
  return `npm run inspect ${typedPath(word)}`
}

/** What a lesson's server is asked for: an address that names one of them is understood. */
const ASKED = ['/', '/events']

function readFolder(word: string): Pick<Words, 'lesson' | 'where'> {
  const folder = resolve(typedIn(), word)
  const stats = statSync(folder, { throwIfNoEntry: false })
  if (stats?.isFile())
    throw new UsageError(`${word} is a file. Give the folder that it is in: ${dirname(word)}`)
  if (!stats) {
    if (/[\\/]|^\./.test(word)) throw new UsageError(`There is no folder ${word} in ${typedIn()}.`)
    throw unknownWord(word)
  }
  // `lessons/03-headers` is easily typed with the Tab key; it says both which lesson and whose code.
  const lesson = lessons.find(({ slug }) => slug === basename(folder))
  if (!lesson) return { where: { kind: 'folder', folder } }
  const kind = targetWords[basename(dirname(folder))]
  if (!kind || dirname(dirname(folder)) !== root) return { lesson, where: { kind: 'folder', folder } }
  return kind === 'lesson' ? { lesson } : { lesson, where: { kind } }
}

function unknownWord(word: string): UsageError {
  const names = lessons.flatMap(({ slug }) => [slug, nameOf(slug)])
  const begun = lessons.filter(({ slug }) => nameOf(slug).startsWith(word.toLowerCase()))
  if (begun.length > 1) {
    return new UsageError(
      `"${word}" could be ${begun.map(({ slug }) => slug).join(' or ')}. Type more of it.`,
    )
  }
  const meant = nearest(word, [...names, ...Object.keys(targetWords), 'all'])
  const offer = meant
    ? `Did you mean "${meant}"?`
    : `Type a lesson's number (1 to ${lessons.length}) or its name.`
  return new UsageError(`"${word}" is no lesson and no folder. ${offer}`)
}

function readFlags(command: string, words: string[], takes: readonly Takes[]) {
  const options = {
    json: { type: 'boolean' },
    junit: { type: 'string' },
    trace: { type: 'boolean' },
  } as const
  try {
    const reports = takes.includes('reports')
    return parseArgs({ args: words, allowPositionals: true, options: reports ? options : {} }) as {
      positionals: string[]
      values: { json?: boolean; junit?: string; trace?: boolean }
    }
  } catch {
    const wrong = words.find((word) => word.startsWith('-')) ?? ''
    if (wrong === '--junit')
      throw new UsageError('--junit wants the name of the file to write: --junit out.xml')
    throw notTaken(command, wrong, takes)
  }
}

function notTaken(command: string, word: string, takes: readonly Takes[]): UsageError {
  const understood = takes.map((kind) => takesWords[kind])
  const offer = understood.length > 0 ? `It takes ${understood.join(', ')}.` : 'It takes no words.'
  return new UsageError(`npm run ${command} does not take "${word}". ${offer}`)
}

/** `headers` of `03-headers`. */
function nameOf(slug: string): string {
  return slug.replace(/^\d+-/, '')
}

const targetWords: Record<string, 'lesson' | 'starter' | 'solution'> = {
  lesson: 'lesson',
  lessons: 'lesson',
  starter: 'starter',
  starters: 'starter',
  solution: 'solution',
  solutions: 'solution',
}

const takesWords: Record<Takes, string> = {
  lesson: 'a lesson (3, or its name)',
  all: 'all',
  target: 'whose code (starter, solutions, a folder, an https:// address)',
  reports: '-- --json, -- --junit FILE and -- --trace',
}
