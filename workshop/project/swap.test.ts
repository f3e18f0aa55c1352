/** What a learner has is never lost: not by a kill, not by a full disk, and not by two commands at once. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/folder.ts'
import { backupsOf } from './backup.ts'
import { filesIn } from './files.ts'
import { resetLesson, undoReset } from './reset.ts'
import { ensureLesson } from './starters.ts'

/** How many commands are killed. `KILLS=200 npx vitest run swap` takes a minute, and finds more. */
const KILLS = Number(process.env.KILLS ?? 40)

const slug = '05-client-page'
const starter = files('starter', 4)
const work = files('work', 30)

/** So many files, two of them in a folder, with names that occur in any such set. */
function files(of: string, count: number): Record<string, string> {
  const names = Array.from({ length: count }, (_, index) => (index < 2 ? `lib/${index}.ts` : `${index}.ts`))
  return Object.fromEntries(names.map((name) => [name, `${of} ${name}\n`.repeat(20)]))
}

function project() {
  return temporaryFolder(
    Object.fromEntries(
      Object.entries(starter).map(([name, code]) => [`lessons/${slug}/starter/${name}`, code]),
    ),
  )
}

/** What stands in a folder; in a lesson's, beside the starter. */
function read(folder: string): Record<string, string> {
  const names = filesIn(folder, ['starter'])
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

/** Puts the learner's work in place, with nothing behind it. */
async function begin(path: string): Promise<void> {
  const lesson = join(path, 'lessons', slug)
  for (const name of await readdir(lesson)) {
    if (name !== 'starter') await rm(join(lesson, name), { recursive: true })
  }
  await rm(join(path, '.workshop'), { recursive: true, force: true })
  await mkdir(join(lesson, 'lib'))
  for (const [name, code] of Object.entries(work)) await writeFile(join(lesson, name), code)
}

/** Begins `code` in a process of its own, which says `go` just before. `ended` resolves with its exit code. */
async function start(code: string, path: string) {
  const script = `const at = (name) => import(new URL(name, ${JSON.stringify(import.meta.url)}).href)
    const { resetLesson, undoReset } = await at('./reset.ts')
    const { ensureLesson } = await at('./starters.ts')
    const [path, slug] = process.argv.slice(1)
    console.log('go')
    await ${code}`
  const args = ['--input-type=module', '-e', script, path, slug]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  await once(child.stdout, 'data')
  return { child, ended }
}

/** Milliseconds that a command takes here, when nobody kills it. */
async function duration(code: string, path: string): Promise<number> {
  const { ended } = await start(code, path)
  const started = performance.now()
  await ended
  return performance.now() - started
}

test.each([
  ['undo', 'undoReset(slug, path)'],
  ['reset', 'resetLesson(slug, path)'],
])(
  '%s, killed at any moment, leaves nothing that undo could not bring back',
  async (command, code) => {
    await using folder = await project()
    const { path } = folder
    const lesson = join(path, 'lessons', slug)
    let longest = 0
    for (let kill = 0; kill < KILLS / 2; kill++) {
      await begin(path)
      if (command === 'undo') await resetLesson(slug, path)
      if (longest === 0) {
        longest = await duration(code, path)
        continue
      }
      const { child, ended } = await start(code, path)
      await delay(Math.random() * longest)
      child.kill('SIGKILL')
      await ended

      // Whatever comes next finds the one or the other, whole; and undo alone always finds the work.
      if (kill % 2 === 0) {
        await ensureLesson(slug, path)
        expect([starter, work]).toContainEqual(read(lesson))
      }
      if (!isDeepStrictEqual(read(lesson), work)) await undoReset(slug, path)
      expect(read(lesson)).toEqual(work)
      for (const { folder } of backupsOf(slug, path)) expect([starter, work]).toContainEqual(read(folder))
    }
  },
  60_000 + KILLS * 10_000,
)

test('undo beside a check that starts: the work is back, whichever comes first', async () => {
  await using folder = await project()
  const { path } = folder
  const lesson = join(path, 'lessons', slug)
  for (let round = 0; round < 10; round++) {
    await begin(path)
    await resetLesson(slug, path)
    const others = Array.from({ length: 5 }, (_, index) => delay(index).then(() => ensureLesson(slug, path)))
    await Promise.all([undoReset(slug, path), ...others])
    expect(read(lesson)).toEqual(work)
  }
})

test('two commands in two terminals take turns', async () => {
  await using folder = await project()
  const { path } = folder
  await begin(path)
  const codes = ['resetLesson(slug, path)', 'ensureLesson(slug, path)', 'resetLesson(slug, path)']
  const started = await Promise.all(codes.map((code) => start(code, path)))
  expect(await Promise.all(started.map(({ ended }) => ended))).toEqual([0, 0, 0])
  expect(read(join(path, 'lessons', slug))).toEqual(starter)
  expect(backupsOf(slug, path).map((backup) => read(backup.folder))).toEqual([work])
})

test('what was saved while a swap lay unfinished is kept as well', async () => {
  const home = `.workshop/backups/${slug}`
  const swap = `${home}/swap-2026-01-01T00-00-00.000Z`
  await using folder = await temporaryFolder({
    [`lessons/${slug}/starter/server.ts`]: 'starter',
    [`lessons/${slug}/server.ts`]: 'saved meanwhile',
    [`lessons/${slug}/lib/own.ts`]: 'saved meanwhile, too',
    [`${home}/2026-01-01T00-00-00.000Z/server.ts`]: 'work',
    [`${swap}/comes/server.ts`]: 'work',
    [`${swap}/comes/lib/help.ts`]: 'help',
    [`${swap}/went/server.ts`]: 'before',
  })
  const { kept } = await undoReset(slug, folder.path)
  expect(read(join(folder.path, 'lessons', slug))).toEqual({
    'server.ts': 'work',
    'lib/help.ts': 'help',
    'lib/own.ts': 'saved meanwhile, too',
  })
  expect(read(kept?.folder ?? '')).toEqual({ 'server.ts': 'before', 'server.ts.2': 'saved meanwhile' })
})

const canMount = process.platform === 'linux' && onSmallDisk(tmpdir(), 'true').status === 0
if (!canMount)
  console.warn('No disk can be mounted here. NOT tested: that a full one costs nobody their work.')

test.skipIf(!canMount)(
  'on a full disk nothing is changed, and all goes well once there is room',
  async () => {
    await using folder = await temporaryFolder()
    const script = `
    import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
    const { resetLesson, undoReset } = await import(${JSON.stringify(import.meta.resolve('./reset.ts'))})
    const lesson = 'lessons/${slug}/'
    mkdirSync(lesson + 'starter', { recursive: true })
    writeFileSync(lesson + 'starter/server.ts', 'starter '.repeat(2000))
    for (const name of ['notes.md', 'server.ts']) writeFileSync(lesson + name, 'work '.repeat(10_000))
    const fill = () => { try { for (;;) writeFileSync('ballast', 'x'.repeat(4096), { flag: 'a' }) } catch {} }
    const attempt = async (command) => {
      const said = await command('${slug}', '.').then(() => 'done', ({ name, message }) => name + ': ' + message)
      const file = readFileSync(lesson + 'server.ts', 'utf8')
      console.log(said, readdirSync(lesson).join(), file.slice(0, 4), file.length)
    }
    for (const command of [resetLesson, undoReset, resetLesson]) {
      fill()
      await attempt(command)
      rmSync('ballast')
      await attempt(command)
    }`
    const { stdout, stderr } = onSmallDisk(folder.path, process.execPath, '--input-type=module', '-e', script)
    const full =
      "UsageError: The folder lessons/ or .workshop/ can't be written: the disk is full. Make some room first."
    const [work, starter] = ['notes.md,server.ts,starter work 50000', 'server.ts,starter star 16000']
    expect({ stderr, lines: stdout.trim().split('\n') }).toEqual({
      stderr: '',
      lines: [
        `${full} ${work}`,
        `done ${starter}`,
        `${full} ${starter}`,
        `done ${work}`,
        `${full} ${work}`,
        `done ${starter}`,
      ],
    })
  },
)

/** Runs a program in a folder that is a small disk of its own for that time, where the system lets us mount one. */
function onSmallDisk(folder: string, ...program: string[]) {
  const script = 'mount -t tmpfs -o size=512k tmpfs "$0" && cd "$0" && exec "$@"'
  const flags = process.getuid?.() === 0 ? '-m' : '-rm'
  return spawnSync('unshare', [flags, 'sh', '-c', script, folder, ...program], { encoding: 'utf8' })
}
