/** The corpus that the checks are graded with: servers that are wrong in one way, and right ones that are unusual. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { lessons } from '../../checks/lessons.ts'
import type { LessonManifest } from '../../checks/manifest.ts'
import { memoryFolder, root, solutionFolder } from '../project/paths.ts'
import type { Target } from '../run/target.ts'

export type CaseKind = 'wrong' | 'right'

/** `checks/03-headers/cases/wrong/html-type/`: the files that differ from the solution, and `case.json`. */
export interface Case {
  lesson: LessonManifest
  kind: CaseKind
  name: string
  /** The case's folder, absolute. */
  folder: string
  /** One sentence: what this server does. */
  says: string
  /** The id of the check that must catch it. Only of wrong ones. */
  caught?: string
}

/** Every case of the lessons, in order. */
export function findCases(of: readonly LessonManifest[] = lessons, project = root): Case[] {
  const kinds = ['wrong', 'right'] as const
  return of.flatMap((lesson) =>
    kinds.flatMap((kind) => {
      const folder = join(project, 'checks', lesson.slug, 'cases', kind)
      return namesIn(folder).map((name) => readCase(lesson, kind, name, join(folder, name)))
    }),
  )
}

/** How a case is called in a list: `03-headers/wrong/html-type`. */
export function nameOf({ lesson, kind, name }: Case): string {
  return `${lesson.slug}/${kind}/${name}`
}

/** The names of the cases in a folder, sorted; none when there is no such folder. */
export function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : []
}

function readCase(lesson: LessonManifest, kind: CaseKind, name: string, folder: string): Case {
  const { says, caught } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Partial<Case>
  const where = `checks/${lesson.slug}/cases/${kind}/${name}/case.json`
  if (!says) throw new Error(`${where} has no "says"`)
  if ((kind === 'wrong') !== (caught !== undefined))
    throw new Error(`${where}: "caught" belongs to wrong cases, and only there`)
  const [slug, check = ''] = caught?.split('/') ?? []
  const known = lessons.find((each) => each.slug === slug)
  if (caught && !known?.checks[check]) throw new Error(`${where}: there is no check ${caught}`)
  return { lesson, kind, name, folder, says, caught }
}

/** The folder in which cases are put together. Inside the project, where imports find its packages. */
export async function gradeFolder(): Promise<string> {
  await mkdir(memoryFolder(), { recursive: true })
  return mkdtemp(join(memoryFolder(), 'grade-'))
}

/**
 * Makes a learner's folder of a case: the solution, with the case's files in place of its own.
 *
 * @param into where to put it, absolute
 */
export async function assemble(
  { lesson, folder }: { lesson: LessonManifest; folder: string },
  into: string,
): Promise<Target> {
  await cp(solutionFolder(lesson.slug), into, { recursive: true })
  await cp(folder, into, {
    recursive: true,
    filter: (file) => !NOT_CODE.some((name) => file.endsWith(name)),
  })
  return { kind: 'folder', folder: into, label: `lessons/${lesson.slug}` }
}

const NOT_CODE = ['case.json', 'message.txt']
