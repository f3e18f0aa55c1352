/** What the pages need to know of the lessons: their manifests, and the way from starter to solution. */
import { lessons } from '../../../checks/lessons.ts'
import {
  type CheckManifest,
  type DiffHint,
  type LessonManifest,
  lessonNumber,
  needsOf,
  needsProcess,
} from '../../../checks/manifest.ts'
import { diffFolders, type FileDiff, hintHunks } from '../../../workshop/project/diff.ts'
import { solutionFolder, starterFolder } from '../../../workshop/project/paths.ts'
import type { Key } from './say.ts'

export type { CheckManifest, LessonManifest }
export { lessonNumber, lessons, needsOf, needsProcess }

const project = import.meta.env.PROJECT

/** One hunk of a diff, as a page shows it. */
export interface Hunk {
  /** The line of the solution's file that it begins at, from 1. */
  start: number
  lines: { kind: 'same' | 'added' | 'removed'; text: string }[]
}

/**
 * @throws Error for a slug that no lesson has, which ends the build
 */
export function lessonOf(slug: string): LessonManifest {
  const lesson = lessons.find((each) => each.slug === slug)
  if (!lesson) throw new Error(`checks/lessons.ts has no lesson "${slug}", and a page of the site names it`)
  return lesson
}

/** A lesson as pages name it: `3 · Headers`. */
export function titleOf({ slug, title }: LessonManifest): string {
  return `${lessonNumber(slug)} · ${title}`
}

/** The lesson after another one; undefined behind the last. */
export function nextLesson(slug: string): LessonManifest | undefined {
  return lessons[lessons.indexOf(lessonOf(slug)) + 1]
}

/** Every check of a lesson with its name, in the order of the work. */
export function checksOf(slug: string): [name: string, check: CheckManifest][] {
  return Object.entries(lessonOf(slug).checks)
}

/** What the solution changes in the starter, file by file. */
export function solutionDiff(slug: string): { file: string; state: FileDiff['state']; hunks: Hunk[] }[] {
  const diffs = diffFolders(starterFolder(slug, project), solutionFolder(slug, project))
  if (diffs.length === 0) throw new Error(`The starter of ${slug} is its solution`)
  return diffs.map(({ file, state, hunks }) => ({ file, state, hunks: hunks.map(toHunk) }))
}

/** A line of a hint. */
export interface HintLine {
  kind: 'same' | 'added' | 'removed'
  text: string
  /** Whether the hint is about it. The others only show where it stands. */
  matters: boolean
}

/** So many lines on either side of one that matters are shown with it. */
const REACH = 2

/**
 * The lines that the third hint is about, each with its neighbours; what stands apart is a part of its own. `npm run lesson`
 * shows the whole change, which may hold the answer to the next checks too.
 *
 * @throws Error when the solution has no such line, which ends the build
 */
export function hintParts(slug: string, hint: DiffHint): HintLine[][] {
  const hunks = hintHunks(slug, hint, project)
  if (hunks.length === 0)
    throw new Error(`${slug}: a hint names "${hint.lines}", which ${hint.file} does not have`)
  return hunks.flatMap((hunk) => {
    const { lines } = toHunk(hunk)
    return partsOf(
      lines.map((line) => ({ ...line, matters: line.kind !== 'removed' && line.text.includes(hint.lines) })),
    )
  })
}

/** Cuts away what is far from every line that matters. */
function partsOf(lines: HintLine[]): HintLine[][] {
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - REACH), index + REACH + 1).some(({ matters }) => matters),
  )
  const parts: HintLine[][] = []
  for (const [index, line] of lines.entries()) {
    if (!isNear[index]) continue
    if (isNear[index - 1]) parts.at(-1)?.push(line)
    else parts.push([line])
  }
  return parts
}

function toHunk({ newStart, lines }: { newStart: number; lines: string[] }): Hunk {
  const shown = lines.filter((line) => !line.startsWith('\\'))
  return {
    start: newStart,
    lines: shown.map((line) => ({ kind: KINDS[line[0] ?? ' '] ?? 'same', text: line.slice(1) })),
  }
}

const KINDS: Record<string, 'same' | 'added' | 'removed'> = { '+': 'added', '-': 'removed', ' ': 'same' }

/** Splits the second hint into its words and its documentation: `… : nodejs.org/api/http2.html#event-stream`. */
export function splitLink(hint: string): { words: string; href?: string; label?: string } {
  const [, words, label] = /^(.*): ([\w.-]+\.\w+\/\S+)$/.exec(hint) ?? []
  if (!words || !label) return { words: hint }
  return { words: `${words}.`, href: `https://${label}`, label }
}

/** How a check says whose behaviour it is about, by the file that its lines stand in. */
export function sentenceOf(file: string): Key {
  return file === 'make-certs.ts' ? 'check.program' : file.startsWith('page') ? 'check.page' : 'check.server'
}

/** A path of the site with its base before it. */
export function sitePath(path: string): string {
  return import.meta.env.BASE_URL.replace(/\/$/, '') + path
}
