/**
 * `npm exec -c "node --import tsx workshop/record.ts"`: records a session of lesson 03 for the docs, from the starter to
 * done with one mistake on the way. The real program runs in a real terminal, in a copy of the project; what is added is
 * the time that a person needs to read. It wants port 8080, because readers will see it.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ensureCerts } from '../certs/make.ts'
import { type Cast, type CastFrame, castLines } from './cast.ts'
import { freePort } from './ports.ts'
import { markDone } from './progress.ts'
import { root } from './project.ts'
import { copyProject } from './testing/copy.ts'
import { Tmux } from './testing/tmux.ts'

const FILE = join(root, 'site/src/assets/lesson-03.cast.json')

/** How long a screen is left to the reader, in milliseconds. */
const READ_MS = 5000

const port = await freePort()
await using copy = await copyProject()
await ensureCerts(copy.root)
for (const slug of ['01-certs', '02-http2-server']) await markDone(slug, copy.root)
const server = join(copy.root, 'lessons/03-headers/server.ts')
const solution = await readFile(join(copy.root, 'solutions/03-headers/server.ts'), 'utf8')

const command = `'${process.execPath}' workshop/main.mjs lesson 3`
const env = { PORT: String(port), EDITOR: '', VISUAL: '', TERM_PROGRAM: '' }
await using tmux = await Tmux.start({ command, cwd: copy.root, env })
const frames: CastFrame[] = []
const started = performance.now()
/** The time that readers were given so far, in milliseconds. */
let given = 0

await until(
  '✗ answers GET /events with 200',
  'You type npm run lesson 3. The first check that fails is told in full.',
)
await act('You press h for a hint.', () => tmux.press('h'), 'Which status does curl show')
await act(
  'You write the answer to GET /events, and save. One header is wrong.',
  () => writeFile(server, solution.replace('text/event-stream', 'text/plain')),
  'received   content-type: text/plain',
)
await act('You set the right content type, and save.', () => writeFile(server, solution), 'Lesson 3 is done.')
await act(
  'You press w to see what your server sends: a head, and an open line.',
  () => tmux.press('w'),
  '200 text/event-stream',
)
await tmux.press('q')

const cast: Cast = { title: 'npm run lesson 3', columns: 80, rows: 24, hold: READ_MS, frames }
await mkdir(dirname(FILE), { recursive: true })
await writeFile(FILE, `${JSON.stringify(cast)}\n`)
console.log(`${frames.length} frames, ${Math.round((frames.at(-1)?.at ?? 0) / 1000)} s: ${FILE}`)

/** Does something, and records until the screen shows `text`, and rests. */
async function act(says: string, what: () => Promise<void>, text: string): Promise<void> {
  given += READ_MS
  await what()
  await until(text, says)
}

/** Keeps each new screen, up to the one that shows `text`. What was done is said with the first of them. */
async function until(text: string, says: string): Promise<void> {
  const first = frames.length
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const lines = castLines(await tmux.paintedScreen())
    if (lines.length > 0 && JSON.stringify(lines) !== JSON.stringify(frames.at(-1)?.lines)) {
      const at = Math.round(performance.now() - started + given)
      frames.push(frames.length === first ? { at, lines, says } : { at, lines })
    }
    // A screen that is still checking is not yet the one to be read.
    const screen = lines.map((line) => line.map(([piece]) => piece).join('')).join('\n')
    if (screen.includes(text) && !screen.includes('checking …')) return
  }
  throw new Error(`the screen never showed ${text}`)
}
