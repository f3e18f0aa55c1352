import { isUtf8 } from 'node:buffer'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { lessonNumber } from '../../checks/manifest.ts'
import { findLesson } from '../args.ts'
import { UsageError } from '../errors.ts'
import { assemble } from '../grade/assemble.ts'
import {
  type CaseFiles,
  type CasePlace,
  isPatch,
  KINDS,
  nameOf,
  patchPlace,
  placesOf,
  readCase,
  textsIn,
} from '../grade/cases.ts'
import { type About, readAbout, writePatch } from '../grade/patch.ts'
import { rebasePatches } from '../grade/rebase.ts'
import { textFiles } from '../project/diff.ts'
import { writeAtomic } from '../project/files.ts'
import { memoryFolder, shown, solutionFolder } from '../project/paths.ts'
import { typedIn } from '../typed-in.ts'

/**
 * `npm run case 03-headers/wrong/html-type`: puts the case into a folder, to be looked at and changed; when there is none
 * of this name, the solution. With that folder, or another, after it: makes the case's patch of what the folder has.
 *
 * `npm run case rebase` brings the patches up to date that do not fit a solution any more, `npm run case rebase HEAD~1`
 * when the reworded solution is committed already. Exit code 1 when one is left.
 */
export async function run(words: string[]): Promise<number> {
  const [word = '', more, ...rest] = words
  if (rest.length > 0) throw new UsageError(USAGE)
  if (word === 'rebase') return rebase(more ?? 'HEAD')
  const place = placeNamed(word)
  if (more === undefined) await takeOut(place)
  else await putBack(place, resolve(typedIn(), more))
  return 0
}

async function takeOut(place: CasePlace): Promise<void> {
  const folder = shown(folderOf(place))
  const isThere = existsSync(place.path)
  const solution = textsIn(solutionFolder(place.lesson.slug))
  const isFresh = await layOut(place, isThere ? readCase(place, solution).files : new Map())
  if (!isFresh) console.log(`${folder} is there already. To begin anew, remove it first.`)
  else console.log(`${folder} is ${isThere ? 'the case' : 'the solution, to begin a new case with'}.`)
  console.log(`To check it:         npm run check ${lessonNumber(place.lesson.slug)} ${folder}`)
  console.log(`When it is changed:  npm run case ${nameOf(place)} ${folder}`)
}

async function putBack(place: CasePlace, folder: string): Promise<void> {
  const { lesson, kind, path } = place
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`There is no folder ${shown(folder)}.`)
  }
  if (!isPatch(place)) throw new UsageError(`${shown(path)} is no patch. Change its files there.`)
  const fresh: About = { says: '', ...(kind === 'wrong' ? { caught: `${lesson.slug}/` } : {}) }
  const about = existsSync(path) ? readAbout(readFileSync(path, 'utf8')) : fresh
  const files = new Map(textFiles(folder).map((file) => [file, readText(join(folder, file))]))
  const solution = solutionFolder(lesson.slug)
  const patch = writePatch(about, files, textsIn(solution))
  if (!patch) throw new UsageError(`${shown(folder)} has no file that differs from ${shown(solution)}.`)
  await writeAtomic(path, patch)
  const isOurs = folder === folderOf(place)
  if (isOurs) await rm(folder, { recursive: true })
  console.log(`${shown(path)} is written${isOurs ? `, and ${shown(folder)} removed` : ''}.`)
  if (about.says === '') {
    const caught = kind === 'wrong' ? ', and which check must catch it' : ''
    console.log(`Say in its first lines what the server does${caught}.`)
  }
}

async function rebase(revision: string): Promise<number> {
  const rebased = await rebasePatches(revision)
  for (const { place, open, conflict } of rebased) {
    console.log(open ? `✗ ${nameOf(place)}: ${open}` : `✓ ${nameOf(place)}`)
    if (!conflict) continue
    await layOut(place, conflict)
    const folder = shown(folderOf(place))
    console.log(`    Settle it in ${folder}, then: npm run case ${nameOf(place)} ${folder}`)
  }
  const left = rebased.filter(({ open }) => open).length
  const done = rebased.length - left
  if (rebased.length === 0) console.log('Every patch fits its solution.')
  else console.log(`Brought up to date: ${done}. Left as they were: ${left}.`)
  if (left > 0) console.log('Where they fitted an older revision, name it: npm run case rebase HEAD~1')
  return left === 0 ? 0 : 1
}

/** Puts a case's files, and the rest of the solution, into its folder; not where one is: somebody works in it. */
async function layOut(place: CasePlace, files: CaseFiles): Promise<boolean> {
  const folder = folderOf(place)
  if (existsSync(folder)) return false
  await assemble({ lesson: place.lesson, files }, folder)
  return true
}

/** Where a case is taken out to. */
function folderOf(place: CasePlace): string {
  return join(memoryFolder(), 'cases', nameOf(place))
}

function placeNamed(word: string): CasePlace {
  const [, typed = '', kindTyped, name = ''] = /^([\w-]+)\/(\w+)\/([a-z0-9-]+)$/.exec(word) ?? []
  const lesson = findLesson(typed)
  const kind = KINDS.find((each) => each === kindTyped)
  if (!lesson || !kind) throw new UsageError(USAGE)
  const fresh = patchPlace(lesson, kind, name)
  return placesOf(lesson).find((each) => nameOf(each) === nameOf(fresh)) ?? fresh
}

function readText(file: string): string {
  const bytes = readFileSync(file)
  if (!isUtf8(bytes)) throw new UsageError(`${shown(file)} is no text: a case with it can not be a patch.`)
  const text = bytes.toString()
  if (/^<{7} /m.test(text)) throw new UsageError(`${shown(file)} still has two versions between markers.`)
  return text
}

const USAGE =
  'Type npm run case 03-headers/wrong/html-type, with a folder after it to make its patch, or npm run case rebase.'
