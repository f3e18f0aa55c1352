import { writeFile } from 'node:fs/promises'
import { lessons } from '../../checks/lessons.ts'
import { hasServer, type LessonManifest, lessonNumber } from '../../checks/manifest.ts'
import type { Verdict } from '../../checks/verdict.ts'
import { readWords } from '../args.ts'
import { writeError } from '../errors.ts'
import { announceCerts } from '../project/certs.ts'
import { currentLesson, markDone } from '../project/progress.ts'
import { ensureLesson } from '../project/starters.ts'
import { junitText } from '../render/junit.ts'
import { typedPath } from '../render/lines.ts'
import { textOptions } from '../render/paint.ts'
import { reportText } from '../render/report.ts'
import { traceText } from '../render/trace.ts'
import { Runner } from '../run/runner.ts'
import { originOf, type Target, targetOf, type Where } from '../run/target.ts'
import { typeNotes } from '../run/typecheck.ts'
import { stopSignal } from '../stop.ts'

/** How long TypeScript may take, which is asked while the checks run, in milliseconds. Then the verdict comes without. */
const TYPES_MS = 4000

/** The exit code of a command that Ctrl-C ended, as shells have it: 128 and the signal's number. */
const INTERRUPTED = 130

/** `npm run check 3 solutions`: one lesson, or all, checked once. Exit code 0 when everything passed, 1 when not. */
export async function run(words: string[]): Promise<number> {
  const {
    lesson,
    where = { kind: 'lesson' },
    json,
    junit,
    trace,
  } = readWords('check', words, ['lesson', 'all', 'target', 'reports'])
  const wanted = lesson === 'all' ? lessons : [lesson ?? (await currentLesson())]
  const targets = await Promise.all(wanted.map((each) => prepare(where, each)))
  const verdicts: Verdict[] = []
  const stop = stopSignal()
  await using runner = await Runner.create()
  const loading = performance.now()
  for (const [index, each] of wanted.entries()) {
    const before = process.cpuUsage()
    const verdict = await check(runner, each, targets[index] as Target, stop)
    if (stop.aborted) return INTERRUPTED
    verdicts.push(verdict)
    if (!json) console.log(reportText(verdict, lessons, textOptions()))
    if (!json && trace) console.log(traceText(verdict, { loading, processor: processorMs(before) }))
  }
  if (json) console.log(JSON.stringify(verdicts.length === 1 ? verdicts[0] : verdicts, null, 2))
  if (junit) await writeReport(junit, junitText(verdicts))
  return verdicts.every(({ passed }) => passed) ? 0 : 1
}

/** Processor time of this process since a moment, in milliseconds. */
function processorMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Finds what is to be checked, and makes what it needs, before anything runs. */
async function prepare(where: Where, lesson: LessonManifest): Promise<Target> {
  if (where.kind === 'lesson') await ensureLesson(lesson.slug)
  const target = targetOf(where, lesson)
  if (target.kind !== 'address' && hasServer(lesson)) await announceCerts()
  return target
}

async function check(
  runner: Runner,
  lesson: LessonManifest,
  target: Target,
  signal: AbortSignal,
): Promise<Verdict> {
  if (target.kind === 'address') return runner.run(lesson, target, { signal })
  const types = typeNotes(target.folder, lesson.entry, TYPES_MS, signal)
  const verdict = await runner.run(lesson, target, { signal })
  if (target.kind === 'lesson' && verdict.passed) await markDone(lesson.slug)
  verdict.notes.push(...(await types), ...serverNote(verdict, target, lesson))
  return verdict
}

/** The command to try speaks to a server, and none runs once the checks are over. */
function serverNote({ checks }: Verdict, target: Target, { entry, slug }: LessonManifest): string[] {
  const origin = originOf(target)
  if (!checks.some(({ failure }) => failure?.try?.includes(origin))) return []
  const number = lessonNumber(slug)
  const commands: Partial<Record<Target['kind'], string>> = {
    lesson: `npm run lesson ${number}`,
    starter: `npm run demo ${number} starter`,
    solution: `npm run demo ${number}`,
  }
  const command = commands[target.kind] ?? `node --import tsx ${typedPath(`${target.label}/${entry}`)}`
  return [`The command to try needs your server at ${origin}. In another terminal: ${command}`]
}

async function writeReport(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (error) {
    throw writeError(path, error)
  }
}
