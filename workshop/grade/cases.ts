/** The corpus that the checks are graded with: servers that are wrong in one way, and right ones that are unusual. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, parse } from 'node:path'
import { lessons } from '../../checks/lessons.ts'
import type { LessonManifest } from '../../checks/manifest.ts'
import { UsageError } from '../errors.ts'
import { filesIn } from '../project/files.ts'
import { root, shown, solutionFolder } from '../project/paths.ts'
import { type About, applyDiffs, readPatch, type Texts } from './patch.ts'

export type CaseKind = 'wrong' | 'right'

/** Where a case is kept, whether or not it can be read. */
export interface CasePlace {
  lesson: LessonManifest
  kind: CaseKind
  name: string
  /**
   * Absolute. `checks/03-headers/cases/wrong/html-type.patch`; or, where the server is another one altogether, a folder
   * without `.patch`, with `case.json` in it and files in place of the solution's.
   */
  path: string
}

export interface Case extends CasePlace, About {
  /** What stands in place of the solution's files, or beside them, by name. */
  files: CaseFiles
  /** What its learner reads, in a file: absolute. Only wrong ones have it. */
  golden: string
}

export type CaseFiles = ReadonlyMap<string, string | Uint8Array>

/**
 * Every case of the lessons, in order.
 *
 * @throws UsageError that names all cases that can not be read or put together, and what to type
 */
export function findCases(of: readonly LessonManifest[] = lessons, project = root): Case[] {
  const { cases, problems } = surveyCases(of, project)
  if (problems.length > 0) throw new UsageError([...problems, HELP].join('\n'))
  return cases
}

/** The cases that can be put together, and for each of the others a line that says why it can not. */
export function surveyCases(
  of: readonly LessonManifest[],
  project = root,
): { cases: Case[]; problems: string[] } {
  const cases: Case[] = []
  const problems: string[] = []
  for (const lesson of of) {
    const solution = textsIn(solutionFolder(lesson.slug, project))
    for (const place of placesOf(lesson, project)) {
      try {
        cases.push(readCase(place, solution))
      } catch (error) {
        problems.push(`${shown(place.path, project)}: ${error instanceof Error ? error.message : error}`)
      }
    }
  }
  return { cases, problems }
}

/** Where the cases of a lesson are kept, sorted by name. */
export function placesOf(lesson: LessonManifest, project = root): CasePlace[] {
  return KINDS.flatMap((kind) => {
    const folder = kindFolder(lesson, kind, project)
    const entries = existsSync(folder) ? readdirSync(folder).filter((entry) => !entry.startsWith('.')) : []
    const isGolden = (entry: string) =>
      entry.endsWith(GOLDEN) && entries.includes(patchName(parse(entry).name))
    return entries
      .filter((entry) => !isGolden(entry))
      .map((entry) => ({ lesson, kind, name: parse(entry).name, path: join(folder, entry) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  })
}

/** Where a patch of this name is kept, absolute; there need not be one yet. */
export function patchPlace(lesson: LessonManifest, kind: CaseKind, name: string, project = root): CasePlace {
  return { lesson, kind, name, path: join(kindFolder(lesson, kind, project), patchName(name)) }
}

/**
 * Reads a case and makes its files.
 *
 * @param solution of its lesson
 * @throws UsageError that says in a sentence what is wrong with it
 */
export function readCase(place: CasePlace, solution: Texts): Case {
  const { path, kind } = place
  const made = isPatch(place) ? fromPatch(place, solution) : fromFolder(path)
  const { says, caught } = made
  if (!says) throw new UsageError('it does not say what its server does: "says" is missing')
  if (kind === 'wrong' && !caught)
    throw new UsageError('it names no check that must catch it: "caught" is missing')
  if (kind === 'right' && caught)
    throw new UsageError('nothing must catch a right case: "caught" is too much')
  const [slug, check = ''] = caught?.split('/') ?? []
  const known = lessons.find((each) => each.slug === slug)
  if (caught && !known?.checks[check]) throw new UsageError(`there is no check ${caught}`)
  return { ...place, ...made }
}

export function isPatch({ path }: CasePlace): boolean {
  return path.endsWith(PATCH)
}

/** How a case is called in a list: `03-headers/wrong/html-type`. */
export function nameOf({ lesson, kind, name }: CasePlace): string {
  return `${lesson.slug}/${kind}/${name}`
}

/** The texts of a folder's files. */
export function textsIn(folder: string): Texts {
  return new Map(filesIn(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}

/** The code that a folder with a `case.json` has, byte for byte. */
export function codeIn(folder: string): CaseFiles {
  const code = filesIn(folder, ['case.json', MESSAGE])
  return new Map(code.map((file) => [file, readFileSync(join(folder, file))]))
}

export const KINDS: readonly CaseKind[] = ['wrong', 'right']

type Made = Pick<Case, 'says' | 'caught' | 'files' | 'golden'>

function fromPatch({ path, name }: CasePlace, solution: Texts): Made {
  const { about, diffs } = readPatch(readFileSync(path, 'utf8'))
  return { ...about, files: applyDiffs(diffs, solution), golden: join(dirname(path), name + GOLDEN) }
}

function fromFolder(path: string): Made {
  if (!statSync(path).isDirectory())
    throw new UsageError('this is no patch, no folder, and no message of a patch')
  if (existsSync(patchName(path))) throw new UsageError('a patch has the same name')
  const { says = '', caught }: Partial<About> = JSON.parse(readFileSync(join(path, 'case.json'), 'utf8'))
  return { says, caught, files: codeIn(path), golden: join(path, MESSAGE) }
}

function kindFolder({ slug }: LessonManifest, kind: CaseKind, project: string): string {
  return join(project, 'checks', slug, 'cases', kind)
}

function patchName(name: string): string {
  return `${name}${PATCH}`
}

const PATCH = '.patch'
const GOLDEN = '.txt'
const MESSAGE = 'message.txt'

const HELP = `
Where a solution was reworded, "npm run case rebase" brings its patches up to date.
CONTRIBUTING.md says what a case consists of.`
