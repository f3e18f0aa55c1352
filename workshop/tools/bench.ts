/**
 * `npm run bench`: how long a learner waits from a save to the first line and to the whole of its verdict, beside the least that any checker needs:
 * start the server, shake hands, wait for the events that the lesson is about. Both are measured in turns, in one run.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:http2'
import { join } from 'node:path'
import { lessons } from '../../checks/lessons.ts'
import { freePort } from '../../checks/support/server/ports.ts'
import { TICK_MS } from '../../checks/support/subject.ts'
import { ensureCerts } from '../project/certs.ts'
import { memoryFolder, root, solutionFolder } from '../project/paths.ts'
import { Runner } from '../run/runner.ts'
import type { Target } from '../run/target.ts'
import { watchFolder } from '../run/watch.ts'

const RUNS = 20

/** The lessons that are measured, and the events that their checks must at least wait for. */
const MEASURED = { '02-http2-server': 0, '03-headers': 0, '04-message-format': 3 }

await ensureCerts()
await mkdir(memoryFolder(), { recursive: true })
await using runner = await Runner.create()
console.log(`save → verdict, ${RUNS} saves a lesson, TICK_MS=${TICK_MS}, in milliseconds\n`)
console.log('                  first line    verdict      worst      floor   first/floor  verdict/floor')
for (const [slug, events] of Object.entries(MEASURED)) {
  const folder = await mkdtemp(join(memoryFolder(), 'bench-'))
  try {
    await cp(solutionFolder(slug), folder, { recursive: true })
    const { lines, verdicts, floors } = await measure(slug, folder, events)
    const [line, verdict, floor] = [median(lines), median(verdicts), median(floors)]
    const times = [line, verdict, Math.max(...verdicts), floor].map((ms) => ms.toFixed(0).padStart(11))
    const ratios = [line / floor, verdict / floor].map((ratio) => ratio.toFixed(2).padStart(14))
    console.log(`${slug.padEnd(17)}${times.join('')}${ratios.join('')}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Milliseconds of each turn. */
interface Measured {
  /** From the save to the first check's result. */
  lines: number[]
  /** From the save to the verdict. */
  verdicts: number[]
  floors: number[]
}

async function measure(slug: string, folder: string, events: number): Promise<Measured> {
  const lesson = lessons.find((each) => each.slug === slug)
  if (!lesson) throw new Error(`there is no lesson ${slug}`)
  const file = join(folder, lesson.entry)
  const code = await readFile(file, 'utf8')
  let onSave = () => {}
  const unwatch = await watchFolder(folder, () => onSave())
  const measured: Measured = { lines: [], verdicts: [], floors: [] }
  const target: Target = { kind: 'folder', folder, label: folder }
  for (let turn = 0; turn <= RUNS; turn++) {
    const floor = await measureFloor(file, events)
    await runner.prepare(lesson, target)
    const saved = new Promise<void>((resolve) => {
      onSave = resolve
    })
    const started = performance.now()
    await writeFile(file, `${code}// save ${turn}\n`)
    await saved
    let line: number | undefined
    const onCheck = () => {
      line ??= performance.now() - started
    }
    const verdict = await runner.run(lesson, target, { onCheck })
    const ms = performance.now() - started
    if (!verdict.passed) throw new Error(`the solution of ${slug} did not pass`)
    if (turn === 0) continue // Vitest loads the checks once; a learner's first verdict comes with the command
    measured.lines.push(line ?? Number.NaN)
    measured.verdicts.push(ms)
    measured.floors.push(floor)
  }
  await unwatch()
  return measured
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
