import { parseArgs } from 'node:util'
import { lessons } from '../../checks/lessons.ts'
import type { LessonManifest } from '../../checks/manifest.ts'
import { findBrowser } from '../../checks/support/page/installed.ts'
import { findLesson } from '../args.ts'
import { UsageError } from '../errors.ts'
import { findCases } from '../grade/cases.ts'
import { isGolden, updateGoldens } from '../grade/golden.ts'
import { type Graded, gradeCases } from '../grade/grade.ts'
import { type HellResult, isBearable, runHell } from '../grade/hell.ts'
import { findHell, HELL } from '../grade/hell-cases.ts'
import { leftSince, lookAround, markRun } from '../grade/leftovers.ts'
import { loadCores } from '../grade/load.ts'
import { complaint, differing, hellTable, leftoverText, matrix, slowest } from '../grade/report.ts'
import { announceCerts } from '../project/certs.ts'
import { shown } from '../project/paths.ts'
import { stopSignal } from '../stop.ts'

/** The exit code of a command that Ctrl-C ended, as shells have it: 128 and the signal's number. */
const INTERRUPTED = 130

/** With `--load`, so many cases share a core: each is the load of the others, and no core's time is spent on nothing. */
const CROWD = 4

const CHROMIUM_ALONE =
  'Golden files have the words of Chrome, Edge or Chromium: take BROWSER_PATH out, or install one.'

interface Wanted {
  of: LessonManifest[]
  hell: boolean
  rounds: number
  update: boolean
  load: boolean
  whole: boolean
  stop: AbortSignal
}

/**
 * `npm run grade`: how well the checks judge, on every case, on those of the lessons named, or on the programs from
 * `hell`. With `--whole`, right servers go through the checks of the lessons before as well. `--update` writes the golden
 * files, `--repeat 20` looks for verdicts that are not the same each time, and `--load` has more cases share a core, or
 * programs from hell a machine whose cores are all busy. Exit code 1 for a wrong verdict, one that differs, or anything
 * left behind.
 */
export async function run(words: string[]): Promise<number> {
  const { values, positionals } = readWords(words)
  const isAll = positionals.length === 0
  if (values.update && findBrowser()?.kind === 'firefox') throw new UsageError(CHROMIUM_ALONE)
  const wanted = {
    of: isAll ? [...lessons] : positionals.filter((word) => word !== HELL).map(namedLesson),
    hell: isAll || positionals.includes(HELL),
    rounds: roundsOf(values.repeat),
    update: values.update,
    load: values.load,
    whole: values.whole,
    stop: stopSignal(),
  }
  await announceCerts()
  markRun()
  const before = lookAround()
  let isWell = false
  try {
    isWell = await gradeRounds(wanted)
  } catch (error) {
    if (!wanted.stop.aborted) throw error
  }
  const left = await leftSince(before)
  console.log(leftoverText(left))
  if (wanted.stop.aborted) return INTERRUPTED
  return isWell && left.processes.size + left.ports.length === 0 ? 0 : 1
}

/** Grades everything as often as wanted, prints what was found, and answers whether all is well. */
async function gradeRounds({ of, hell, rounds, update, load, whole, stop }: Wanted): Promise<boolean> {
  const cases = findCases(of)
  const graded: Graded[][] = []
  const results: HellResult[][] = []
  const crowd = load ? CROWD : undefined
  const options = { onGraded: update ? tellGrade : tell, crowd, whole, signal: stop }
  for (let round = 1; round <= rounds; round++) {
    if (rounds > 1) console.log(`Round ${round} of ${rounds}`)
    const started = performance.now()
    if (cases.length > 0) graded.push(await gradeCases(cases, options))
    if (hell) results.push(await withLoad(load, () => runHell(findHell(), tellHell, stop)))
    console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`)
  }
  if (update) console.log(`${await updateGoldens(graded[0] ?? [])} golden files written.`)
  const differs = differing(graded)
  if (cases.length > 0) console.log(`\n${matrix(graded.flat())}\n\n${slowest(graded.flat())}\n${differs}`)
  if (hell) console.log(`\n${hellTable(results.flat())}\n`)
  const isGood = graded.flat().every((each) => each.grade === 'good' && isGolden(each))
  return isGood && differs === '' && results.flat().every(isBearable)
}

/** Prints a verdict that is wrong as soon as it is known. */
function tellGrade(graded: Graded): void {
  if (graded.grade !== 'good') console.log(complaint(graded))
}

/** The same, and for a message that is not the one of the golden file. */
function tell(graded: Graded): void {
  tellGrade(graded)
  if (graded.grade === 'good' && !isGolden(graded))
    console.log(`${complaint(graded)}  This is not what ${shown(graded.case.golden)} says.\n`)
}

function tellHell(result: HellResult): void {
  if (!isBearable(result)) console.log(`${hellTable([result])}\n${leftoverText(result.left)}\n`)
}

async function withLoad<T>(isWanted: boolean, work: () => Promise<T>): Promise<T> {
  if (!isWanted) return work()
  await using _load = loadCores()
  return await work()
}

function readWords(words: string[]) {
  const options = {
    update: { type: 'boolean', default: false },
    load: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
    repeat: { type: 'string', default: '1' },
  } as const
  try {
    return parseArgs({ args: words, allowPositionals: true, options })
  } catch (error) {
    const takes = `grade takes lessons, ${HELL}, --whole, --update, --repeat 20 and --load.`
    throw new UsageError(takes, { cause: error })
  }
}

function roundsOf(typed: string): number {
  const rounds = Number(typed)
  if (Number.isInteger(rounds) && rounds > 0) return rounds
  throw new UsageError(`--repeat "${typed}" should be a number of rounds, such as 20.`)
}

function namedLesson(word: string): LessonManifest {
  const lesson = findLesson(word)
  if (lesson) return lesson
  throw new UsageError(
    `There is no lesson "${word}": lessons go from 1 to ${lessons.length}. There is ${HELL}.`,
  )
}
