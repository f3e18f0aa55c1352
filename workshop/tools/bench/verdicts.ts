/**
 * How long a learner waits from a save to the first line, to the last of the lesson's own checks, and to the verdict with
 * all that the lessons before have taught; beside the least that any checker needs: start the server, shake hands, wait
 * for the events that the lesson is about. Both are measured in turns, in one run.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:http2'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { lessons } from '../../../checks/lessons.ts'
import { type LessonManifest, lessonNumber } from '../../../checks/manifest.ts'
import { freePort } from '../../../checks/support/server/ports.ts'
import { TICK_MS } from '../../../checks/support/subject.ts'
import type { CheckResult } from '../../../checks/verdict.ts'
import { ensureCerts } from '../../project/certs.ts'
import { memoryFolder, root, solutionFolder } from '../../project/paths.ts'
import { Runner } from '../../run/runner.ts'
import type { Target } from '../../run/target.ts'
import { watchFolder } from '../../run/watch.ts'

/** So many saves of a lesson without a browser, and of one whose verdict takes seconds. */
const RUNS = 20
const LONG_RUNS = 5

/** Between a verdict and the next save, in milliseconds: nobody types faster, and the next browser starts meanwhile. */
const TYPING_MS = 3000

/** The first lesson with a server, the first whose checks wait for events, with how many, and the first with a browser. */
const SERVER = 2
const CLOCK = 4
const EVENTS = 3
const PAGE = 5

/** @param args numbers of lessons; of all that have a server when there are none */
export async function benchVerdicts(args: readonly string[]): Promise<void> {
  const served = lessons.filter(({ slug }) => lessonNumber(slug) >= SERVER)
  const named = (arg: string) => served.filter(({ slug }) => lessonNumber(slug) === Number(arg))
  const unknown = args.find((arg) => named(arg).length === 0)
  if (unknown !== undefined) {
    console.error(
      `npm run bench takes lessons from ${SERVER} on, by number, or fanout. "${unknown}" is neither.`,
    )
    process.exitCode = 2
    return
  }
  const measured = args.length === 0 ? served : args.flatMap(named)
  await ensureCerts()
  await mkdir(memoryFolder(), { recursive: true })
  await using runner = await Runner.create()
  console.log(
    `save → verdict, ${RUNS} saves a lesson, ${LONG_RUNS} with a browser, TICK_MS=${TICK_MS}, in milliseconds\n`,
  )
  console.log('                   first line        own    verdict      worst      floor   own/floor')
  for (const lesson of measured) {
    const { lines, owns, verdicts, floors } = await measure(runner, lesson)
    const own = median(owns)
    const floor = median(floors)
    const times = [median(lines), own, median(verdicts), Math.max(...verdicts), floor]
    const columns = times.map((ms) => ms.toFixed(0).padStart(11)).join('')
    console.log(`${lesson.slug.padEnd(18)}${columns}${(own / floor).toFixed(2).padStart(12)}`)
  }
}

/** Milliseconds of each turn. */
interface Measured {
  /** From the save to the first check's result. */
  lines: number[]
  /** From the save to the result of the last check that is the lesson's own. */
  owns: number[]
  /** From the save to the verdict. */
  verdicts: number[]
  floors: number[]
}

async function measure(runner: Runner, lesson: LessonManifest): Promise<Measured> {
  const number = lessonNumber(lesson.slug)
  const events = number < CLOCK ? 0 : EVENTS
  const folder = await mkdtemp(join(memoryFolder(), 'bench-'))
  let onSave = () => {}
  try {
    await cp(solutionFolder(lesson.slug), folder, { recursive: true })
    const file = join(folder, lesson.entry)
    const code = await readFile(file, 'utf8')
    await using _ = { [Symbol.asyncDispose]: await watchFolder(folder, () => onSave()) }
    const measured: Measured = { lines: [], owns: [], verdicts: [], floors: [] }
    const target: Target = { kind: 'folder', folder, label: folder }
    for (let turn = 0; turn <= (number < PAGE ? RUNS : LONG_RUNS); turn++) {
      const floor = await measureFloor(file, events)
      await runner.prepare(lesson, target)
      await delay(TYPING_MS)
      const saved = new Promise<void>((resolve) => {
        onSave = resolve
      })
      const started = performance.now()
      await writeFile(file, `${code}// save ${turn}\n`)
      await saved
      const times: { ms: number; isOwn: boolean }[] = []
      const onCheck = ({ id }: CheckResult) => {
        times.push({ ms: performance.now() - started, isOwn: id.startsWith(lesson.slug) })
      }
      const verdict = await runner.run(lesson, target, { onCheck })
      const ms = performance.now() - started
      if (!verdict.passed) throw new Error(`the solution of ${lesson.slug} did not pass`)
      if (turn === 0) continue // Vitest loads the checks once; a learner's first verdict comes with the command
      measured.lines.push(times[0]?.ms ?? Number.NaN)
      measured.owns.push(times.findLast(({ isOwn }) => isOwn)?.ms ?? Number.NaN)
      measured.verdicts.push(ms)
      measured.floors.push(floor)
    }
    return measured
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Process start, handshake and the first `events` events, with nothing around them. */
async function measureFloor(file: string, events: number): Promise<number> {
  const port = await freePort()
  const env = { ...process.env, PORT: String(port), TICK_MS: String(TICK_MS) }
  const started = performance.now()
  const server = spawn(process.execPath, ['--import', 'tsx', file], { cwd: root, env, stdio: 'pipe' })
  try {
    await once(server.stdout, 'data') // the line that says that it listens
    await readEvents(port, events)
    return performance.now() - started
  } finally {
    await end(server)
  }
}

async function readEvents(port: number, events: number): Promise<void> {
  const session = connect(`https://localhost:${port}`, { rejectUnauthorized: false })
  const stream = session.request({ ':path': events > 0 ? '/events' : '/' }).setEncoding('utf8')
  await once(stream, 'response')
  for (let text = ''; text.split('\n\n').length <= events; ) text += (await once(stream, 'data'))[0]
  session.destroy()
}

async function end(server: ChildProcess): Promise<void> {
  server.kill('SIGKILL')
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
