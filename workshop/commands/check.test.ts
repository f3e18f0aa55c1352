/** `npm run check` and `npm run lesson`, as they are typed, in a copy of the project. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:http2'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../checks/support/server/ports.ts'
import type { Verdict } from '../../checks/verdict.ts'
import { portState } from '../machine/ports.ts'
import type { LiveFile } from '../project/live.ts'
import { type Copy, copyProject, type Running } from '../testing/copy.ts'

let copy: Copy

beforeAll(async () => {
  copy = await copyProject()
})
afterAll(() => copy[Symbol.asyncDispose]())

describe('check', () => {
  test('fails on the starter, with the failure in full and exit code 1', async () => {
    const { code, stdout, stderr } = await copy.run(['check', '3'])
    expect(stderr).toMatch(/^(Made a certificate for localhost in certs\/\. .*\n)?$/)
    expect(stdout).toContain('✗ answers GET /events with 200\n')
    expect(stdout).toMatch(/where {6}lessons\/03-headers\/server\.ts:\d+\n/)
    expect(stdout).toContain('try        curl -ik --max-time 2 https://localhost:8080/events\n')
    expect(stdout).toContain('· keeps the stream open (not reached)\n')
    expect(stdout).toMatch(
      /The command to try needs your server at .+\n +In another terminal: npm run lesson 3\n/,
    )
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect(code).toBe(1)
  })

  test('passes the solution with exit code 0, as text, JSON and JUnit', async () => {
    const { code: passed, stdout: text } = await copy.run(['check', 'solutions', '2', '--trace'])
    expect(text).toContain('  Passed.')
    expect(text).toMatch(/^ +\d+ ms {2}until Vitest was loaded$/m)
    expect(text).toMatch(/^ +\d+ ms {2}02-http2-server\/port-in-use$/m)
    expect(passed).toBe(0)
    const { code, stdout } = await copy.run(['check', '3', 'solutions', '--json', '--junit', 'out.xml'])
    const verdict: Verdict = JSON.parse(stdout)
    expect(code).toBe(0)
    expect(verdict).toMatchObject({
      schema: 1,
      passed: true,
      target: { kind: 'solution', label: 'solutions/03-headers' },
    })
    expect(new Set(verdict.checks.map(({ state }) => state))).toEqual(new Set(['passed']))
    expect(await readFile(join(copy.root, 'out.xml'), 'utf8')).toContain('failures="0"')
  })

  test('nothing that the program says drives the terminal', async () => {
    const folder = join(copy.root, 'evil')
    await mkdir(folder)
    const evil = '\\u001b]52;c;cHduZWQ=\\u0007\\u001b[2J\\u009b2J\\u202e'
    await writeFile(join(folder, 'server.ts'), `console.log('${evil}')\nthrow new Error('${evil}')\n`)
    for (const words of [[], ['--json']]) {
      const { code, stdout } = await copy.run(['check', '3', './evil', ...words])
      expect(stdout).toContain('␛]52;c;cHduZWQ=␇␛[2J<U+009B>2J<U+202E>')
      expect(stdout).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u)
      expect(code).toBe(1)
    }
  })

  test('says that NODE_OPTIONS may be why it can not run', async () => {
    const { code, stdout, stderr } = await copy.run(['check', '3', 'solutions'], {
      NODE_OPTIONS: '--no-addons',
    })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^(Made a .*\n)?.*NODE_OPTIONS is set to --no-addons: try without it\.\n$/)
  })

  test('asks an address what an address can be asked, and lists the rest as not run', async () => {
    const port = await freePort()
    const server = copy.start(['start'], { PORT: String(port) })
    await server.prints('Listening on')
    const { code, stdout } = await copy.run(['check', '4', `https://localhost:${port}`])
    server.child.kill('SIGINT')
    await server.ended
    const [, notRun] = / {2}Passed\. (\d+) not run\./.exec(stdout) ?? []
    expect(stdout.match(/^ {2}- /gm)).toHaveLength(Number(notRun))
    expect(stdout).toMatch(
      /^ {2}- says in one line that its port is in use, .*\(lesson 2\)\n {4}\(not run\)$/m,
    )
    expect(code).toBe(0)
  })

  test('says in one verdict that nothing answers at an address', async () => {
    const port = await freePort()
    const { code, stdout } = await copy.run(['check', '4', `https://localhost:${port}`])
    expect(stdout).toContain(`received   localhost:${port} accepts no connection\n`)
    expect(code).toBe(1)
  })
})

// Windows has no signals: what ends a process there can't be told apart from a crash.
describe.skipIf(process.platform === 'win32')('lesson', () => {
  test('serves on PORT, checks each save, and leaves nothing behind', async () => {
    const port = await freePort()
    const file = join(copy.root, 'lessons/03-headers/server.ts')
    const starter = join(copy.root, 'lessons/03-headers/starter/server.ts')
    const solution = join(copy.root, 'solutions/03-headers/server.ts')
    await writeFile(file, await readFile(starter))
    const lesson = copy.start(['lesson', '3'], { PORT: String(port) })
    expect(await printsNext(lesson, 'Not yet.')).toContain('Lesson 3 of')
    await writeFile(file, (await readFile(solution, 'utf8')).replace('text/event-stream', 'text/plain'))
    const failed = await printsNext(lesson, 'Not yet.')
    expect(failed).toContain('received   content-type: text/plain\n')
    const command = failed.match(/ try {8}(.+)\n/)?.[1]
    expect(command).toContain(`https://localhost:${port}/events`) // where the learner's server is
    const live = join(copy.root, '.workshop/live.json')
    await expect.poll(() => readFile(live, 'utf8')).toContain(command)
    await writeFile(file, await readFile(solution))
    expect(await printsNext(lesson, 'Passed.')).toContain('✓ declares an event stream\n')
    await expect
      .poll(() => typeOf(`https://localhost:${port}`), { timeout: 20_000 })
      .toBe('text/event-stream')
    lesson.child.kill('SIGINT')
    expect(await lesson.ended).toMatchObject({ code: 0, stderr: '' })
    expect(await portState(port)).toBe('free')
    const { events } = JSON.parse(await readFile(live, 'utf8')) as LiveFile
    expect(events.at(-1)).toMatchObject({ ended: '03-headers', at: events.at(-2)?.at })
    expect((await copy.run(['list'])).stdout).toContain('3   ✓ done   Headers')
  })

  test('says in one line that its port is taken', async () => {
    const port = await freePort()
    const server = copy.start(['start'], { PORT: String(port) })
    await server.prints('Listening on')
    const { code, stderr, stdout } = await copy.run(['lesson', '3'], { PORT: String(port) })
    server.child.kill('SIGINT')
    await server.ended
    expect(stderr).toMatch(new RegExp(`^Port ${port} is taken.*\\n$`))
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })
})

/** What the command prints from now on, up to the line in which `text` stands. */
async function printsNext(running: Running, text: string): Promise<string> {
  const before = running.stdout.length
  await expect
    .poll(() => running.stdout.slice(before), { timeout: 30_000 })
    .toMatch(new RegExp(`${text}.*\\n`))
  return running.stdout.slice(before)
}

/** The content-type of /events, or the error that asking for it ended in. */
async function typeOf(origin: string): Promise<string> {
  const session = connect(origin, { rejectUnauthorized: false })
  return new Promise((resolve) => {
    session.on('error', (error) => resolve(error.message))
    const stream = session.request({ ':path': '/events' })
    stream.on('error', (error) => resolve(error.message))
    stream.on('response', (headers) => {
      resolve(String(headers['content-type']))
      session.destroy()
    })
  })
}
