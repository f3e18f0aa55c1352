/**
 * `npm run record`: records what the docs replay. The real program runs in a real terminal, in a copy of the project;
 * what is added is the time that a person needs to read. It wants port 8080, because readers will see it.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { portToServe } from '../machine/ports.ts'
import { ensureCerts } from '../project/certs.ts'
import { root } from '../project/paths.ts'
import { markDone } from '../project/progress.ts'
import { copyProject } from '../testing/copy.ts'
import { Tmux } from '../testing/tmux.ts'
import { Recorder } from './recorder.ts'

const port = await portToServe()
await using copy = await copyProject()
await ensureCerts(copy.root)
await recordLesson()
await recordDemo()

/** Lesson 03, from the starter to done, with one mistake on the way. */
async function recordLesson(): Promise<void> {
  for (const slug of ['01-certs', '02-http2-server']) await markDone(slug, copy.root)
  const server = join(copy.root, 'lessons/03-headers/server.ts')
  const solution = await readFile(join(copy.root, 'solutions/03-headers/server.ts'), 'utf8')
  await using tmux = await start('lesson 3')
  const recorder = new Recorder(tmux)
  await recorder.until(
    '✗ answers GET /events with 200',
    'You type npm run lesson 3. It tells what was expected, what came, and why.',
  )
  await recorder.act('You press h for a hint.', () => tmux.press('h'), 'Which status does curl show')
  await recorder.act(
    'You write the answer to GET /events, and save. One header is wrong.',
    () => writeFile(server, solution.replace('text/event-stream', 'text/plain')),
    'received   content-type: text/plain',
  )
  await recorder.act(
    'You set the right content type, and save.',
    () => writeFile(server, solution),
    'Lesson 3 is done.',
  )
  await recorder.act(
    'You press w to see what your server sends: a head, and an open line.',
    () => tmux.press('w'),
    '200 text/event-stream',
  )
  await tmux.press('q')
  await recorder.save(join(root, 'site/src/assets/lesson-03.cast.json'), 'npm run lesson 3')
}

/** The demo of lesson 04, whose connections are cut once. */
async function recordDemo(): Promise<void> {
  await using tmux = await start('demo 4')
  const recorder = new Recorder(tmux)
  await recorder.until(
    'message: ',
    'You type npm run demo 4. Bytes are left, events right, connections below.',
  )
  await recorder.act('You press k: every connection is cut.', () => tmux.press('k'), 'the connection is gone')
  await recorder.until('── GET /events', 'The client comes back by itself, as an EventSource does.')
  await recorder.act(
    'You press d to see what the lesson adds.',
    () => tmux.press('d'),
    'solutions/03-headers → solutions/04-message-format',
  )
  await recorder.act(
    'You press d again, and n for the next lesson, on the same port.',
    () => tmux.press('d', 'n'),
    'Lesson 5 of',
  )
  await recorder.until('message: ', 'Its server is there.')
  await tmux.press('q')
  await recorder.save(join(root, 'site/src/assets/demo-04.cast.json'), 'npm run demo 4')
}

function start(words: string): Promise<Tmux> {
  const command = `'${process.execPath}' workshop/main.mjs ${words}`
  const env = { PORT: String(port), EDITOR: '', VISUAL: '', TERM_PROGRAM: '' }
  return Tmux.start({ command, cwd: copy.root, env })
}
