/** Rules about the code of a lesson: its starter, its solution, and the servers that its checks are tried with. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { diffLines } from 'diff'
import type { LessonManifest } from '../../checks/manifest.ts'
import { surveyCases } from '../grade/cases.ts'
import { diffFolders } from '../project/diff.ts'
import { filesIn } from '../project/files.ts'
import { shown, solutionFolder, starterFolder } from '../project/paths.ts'
import { type Course, lessonBefore } from './rule.ts'

/** Lines of the solution before that the scaffolding of a file may replace. */
const REPLACED = 3

/** Lines that a learner writes in one lesson, about 40 of them at most. */
const LINES = 45

/** Every lesson has at least as many servers to grade its checks with. */
const WRONG = 10
const RIGHT = 6

/** The files are there: checks, words, and in starter and solution what is run and what the learner edits. */
export function checkFiles({ slug, entry, edit }: LessonManifest, { project }: Course): string[] {
  const code = bothFolders(slug, project).flatMap((folder) =>
    [...new Set([entry, ...edit])].map((file) => join(folder, file)),
  )
  const checks = ['check.ts', 'manifest.ts'].map((file) => join(project, 'checks', slug, file))
  return [...code, ...checks]
    .filter((file) => !existsSync(file))
    .map((file) => `${shown(file, project)} is missing`)
}

/** The starter says where the work goes, in the files that the learner edits; nothing is left to do in the solution. */
export function checkTodo({ slug, edit }: LessonManifest, { project }: Course): string[] {
  const starter = withTodo(starterFolder(slug, project))
  const places = starter.filter((file) => edit.includes(file))
  const problems = withTodo(solutionFolder(slug, project)).map((file) => `${file} of the solution has a TODO`)
  if (places.length === 0) problems.push('the starter has no TODO in a file that the learner edits')
  return problems
}

/** The starter is the solution of the lesson before, with something added: each line of a file that is not given anew. */
export function checkScaffold(lesson: LessonManifest, course: Course): string[] {
  const before = lessonBefore(lesson, course)
  if (!before) return []
  const solution = solutionFolder(before.slug, course.project)
  const starter = starterFolder(lesson.slug, course.project)
  const files = filesIn(starter)
  return filesIn(solution).flatMap((file) => {
    if (lesson.given?.includes(file)) return []
    if (!files.includes(file)) return [`${file} of ${before.slug} is missing in the starter`]
    const changes = diffLines(textOf(solution, file), textOf(starter, file))
    const lost = changes.filter(({ removed }) => removed).reduce((sum, { count }) => sum + count, 0)
    return lost > REPLACED ? [`${file} of the starter lacks ${lost} lines of ${before.slug}`] : []
  })
}

/** From starter to solution it is as far as one can go at a time. */
export function checkDiffSize({ slug }: LessonManifest, { project }: Course): string[] {
  const written = linesToWrite(slug, project)
  return written > LINES ? [`from starter to solution are ${written} lines of code, more than ${LINES}`] : []
}

/** The lines of code that the solution adds to the starter. Blank ones do not count. */
export function linesToWrite(slug: string, project: string): number {
  const diffs = diffFolders(starterFolder(slug, project), solutionFolder(slug, project))
  const hunks = diffs.filter(({ file }) => isCode(file)).flatMap((diff) => diff.hunks)
  return hunks.flatMap(({ lines }) => lines).filter((line) => /^\+.*\S/.test(line)).length
}

/** Each file is there for something: it is run, or edited, or another file names it. */
export function checkUnused({ slug, entry, edit }: LessonManifest, { project }: Course): string[] {
  return bothFolders(slug, project).flatMap((folder) => {
    const files = filesIn(folder).map((file) => ({ file, text: textOf(folder, file) }))
    const isUsed = (file: string) =>
      file === entry ||
      edit.includes(file) ||
      files.some((other) => other.file !== file && other.text.includes(basename(file)))
    const unused = files.filter(({ file }) => !isUsed(file))
    return unused.map(({ file }) => `nothing uses ${shown(join(folder, file), project)}`)
  })
}

/** The lesson has its corpus of wrong servers, and of unusual ones that are right. */
export function checkCorpus(lesson: LessonManifest, { project }: Course): string[] {
  const { cases, problems } = surveyCases([lesson], project)
  const wrong = cases.filter(({ kind }) => kind === 'wrong').length
  const right = cases.length - wrong
  if (wrong < WRONG) problems.push(`${wrong} wrong cases are fewer than ${WRONG}`)
  if (right < RIGHT) problems.push(`${right} right cases are fewer than ${RIGHT}`)
  return problems
}

function bothFolders(slug: string, project: string): string[] {
  return [starterFolder(slug, project), solutionFolder(slug, project)]
}

function withTodo(folder: string): string[] {
  return filesIn(folder).filter((file) => textOf(folder, file).includes('TODO'))
}

/** Whether people write code in a file: what is not code is given by the lesson. */
function isCode(file: string): boolean {
  return /\.(m?js|ts)$/.test(file)
}

function textOf(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8')
}
