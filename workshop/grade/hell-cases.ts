/** Programs that do the worst a learner's program can do, each with what the learner must be told. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lessons } from '../../checks/lessons.ts'
import type { LessonManifest } from '../../checks/manifest.ts'
import { root } from '../project/paths.ts'
import { type CaseFiles, codeIn } from './cases.ts'

/** `checks/hell/exits-0/`: files in place of those of the lesson's solution, and `case.json`. */
export interface HellCase {
  name: string
  /** What stands in place of the solution's files, or beside them, by name. */
  files: CaseFiles
  /** One sentence: what this program does. */
  says: string
  lesson: LessonManifest
  /** `yes`: nothing is wrong with it; `maybe`: that is for the machine to say. */
  passes: 'yes' | 'no' | 'maybe'
  /** What the learner reads after `received`, or after `note` where it passes: a text, or `/a pattern/`. */
  received?: string
  /** The name of the learner's folder, where it matters. */
  named: string
}

/** All of them, by name. */
export function findHell(): HellCase[] {
  const folder = join(root, 'checks', HELL)
  return readdirSync(folder)
    .sort()
    .map((name) => readHell(name, join(folder, name)))
}

/** Whether a text is what the case says that the learner reads. */
export function isReceived({ received }: HellCase, text: string): boolean {
  if (received === undefined) return true
  const pattern = /^\/(.+)\/$/.exec(received)?.[1]
  return pattern === undefined ? text === received : new RegExp(pattern).test(text)
}

function readHell(name: string, folder: string): HellCase {
  const {
    says,
    lesson,
    passes = 'no',
    received,
    named = name,
  } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'))
  const of = lessons.find(({ slug }) => slug === lesson)
  if (!says || !of) throw new Error(`checks/${HELL}/${name}/case.json has no "says", or no "lesson"`)
  return { name, files: codeIn(folder), says, lesson: of, passes, received, named: nameOnDisk(named) }
}

/** Windows has no quotes in the names of files. */
function nameOnDisk(name: string): string {
  return process.platform === 'win32' ? name.replaceAll('"', '') : name
}

/** The name of the folder, and of the group on the command line. */
export const HELL = 'hell'
