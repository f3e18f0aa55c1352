import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { hasServer, hasStream, type LessonManifest, lessonNumber } from '../../checks/manifest.ts'
import { startServer } from '../../checks/support/server/start.ts'
import { readWords } from '../args.ts'
import { demoEnv } from '../demo/abilities.ts'
import { playDemo } from '../demo/app.ts'
import { UsageError } from '../errors.ts'
import { portToServe } from '../machine/ports.ts'
import { announceCerts } from '../project/certs.ts'
import { root, shown, solutionFolder, starterFolder } from '../project/paths.ts'
import { currentLesson } from '../project/progress.ts'
import { forTerminal } from '../render/harmless.ts'
import { showLineEnds } from '../render/lines.ts'
import type { Where } from '../run/target.ts'
import { stopSignal } from '../stop.ts'
import { canShowScreen } from '../terminal/terminal.ts'

type Kind = 'solution' | 'starter'

/**
 * `npm run demo 3`: the solution of lesson 3 at work, its bytes beside its events; `npm run demo 3 starter`: the
 * starter. Elsewhere than on a terminal it prints the stream as it arrives, until Ctrl-C.
 */
export async function run(words: string[]): Promise<number> {
  const read = readWords('demo', words, ['lesson', 'target'])
  const kind = kindOf(read.where)
  const lesson = read.lesson && read.lesson !== 'all' ? read.lesson : await currentLesson()
  if (hasServer(lesson) && canShowScreen()) {
    const port = await portToServe()
    await announceCerts()
    await playDemo({ lesson, kind, port, stop: stopSignal() })
    return 0
  }
  const folder = folderOf(kind, lesson)
  const path = `${shown(folder)}/${lesson.entry}`
  console.log(styleText('bold', `Lesson ${lessonNumber(lesson.slug)} · ${lesson.title}: ${path}\n`))
  return hasServer(lesson) ? demoServer(lesson, folder) : demoProgram(lesson, folder)
}

/** @throws UsageError for any other code: a demo shows what the workshop brings along, and never what is in lessons/ */
function kindOf(where: Where | undefined): Kind {
  if (!where || where.kind === 'solution') return 'solution'
  if (where.kind === 'starter') return 'starter'
  throw new UsageError(
    'A demo shows the solution (npm run demo 3) or the starter (npm run demo 3 starter), and no other code.',
  )
}

function folderOf(kind: Kind, { slug }: LessonManifest): string {
  return kind === 'starter' ? starterFolder(slug) : solutionFolder(slug)
}

async function demoServer(lesson: LessonManifest, folder: string): Promise<number> {
  const port = await portToServe()
  await announceCerts()
  const stop = stopSignal()
  const onOutput = (text: string) => void process.stdout.write(forTerminal(text))
  try {
    const { entry } = lesson
    const env = demoEnv(lesson)
    await using server = await startServer({ folder, entry, root, env, port, signal: stop, onOutput })
    console.log(`${server.origin}   Ctrl-C ends the demo.\n`)
    if (hasStream(lesson)) showStream(server.origin, stop)
    await Promise.race([server.exited, once(stop, 'abort')])
  } catch (error) {
    if (!stop.aborted) throw error
  }
  return stop.aborted ? 0 : 1
}

/** Prints the head of `/events`, then its bytes as they come, line ends visible. */
function showStream(origin: string, stop: AbortSignal): void {
  const session = connect(origin, { rejectUnauthorized: false })
  // The session ends with its server, which has then said why.
  session.on('error', () => {})
  stop.addEventListener('abort', () => session.destroy())
  const stream = session.request({ ':path': '/events' }).setEncoding('utf8')
  stream.on('error', () => {})
  stream.on('response', (headers) => {
    console.log(styleText('bold', 'GET /events'))
    for (const [name, value] of Object.entries(headers)) console.log(`  ${name}: ${value}`)
    console.log('')
  })
  stream.on('data', (text: string) => process.stdout.write(forTerminal(showLineEnds(text))))
}

/** Lesson 01's program makes its files in a folder that is thrown away. */
async function demoProgram({ entry }: LessonManifest, program: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-'))
  try {
    const env = { ...process.env, CERTS_DIR: folder }
    const args = ['--import', 'tsx', join(program, entry)]
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' })
    const [code] = await once(child, 'close')
    return code === 0 ? 0 : 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
