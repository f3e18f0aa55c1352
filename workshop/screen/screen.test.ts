/** The live screen in a real terminal: `npm run lesson 3` from the starter to done, and whatever may end it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../checks/support/server/ports.ts'
import { isServed } from '../machine/open-page.ts'
import { portState } from '../machine/ports.ts'
import { type Copy, copyProject } from '../testing/copy.ts'
import { hasTmux, isAlive, Tmux } from '../testing/tmux.ts'

describe.skipIf(!hasTmux)('the live screen', { timeout: 180_000 }, () => {
  let copy: Copy
  beforeAll(async () => {
    copy = await copyProject()
  })
  afterAll(() => copy[Symbol.asyncDispose]())

  const inLesson = (...path: string[]) => join(copy.root, 'lessons', '03-headers', ...path)
  const solution = () => readFile(join(copy.root, 'solutions/03-headers/server.ts'), 'utf8')

  async function startLesson(): Promise<{ tmux: Tmux; port: number }> {
    const port = await freePort()
    const command = `'${process.execPath}' workshop/main.mjs lesson 3`
    const env = { PORT: String(port), NO_COLOR: '1', VISUAL: '', EDITOR: 'true', TERM_PROGRAM: '' }
    return { tmux: await Tmux.start({ command, cwd: copy.root, env }), port }
  }

  test('a lesson, from the first save to done, with a mistake on the way', async () => {
    const { tmux: started, port } = await startLesson()
    await using tmux = started
    await tmux.shows('Welcome!')
    expect(await tmux.modes()).toBe('1 0')
    await tmux.press('a')
    expect(await tmux.shows('(not reached)')).toContain('✗ answers GET /events with 200')
    await tmux.press('h')
    await tmux.shows('Which status does curl show')
    await tmux.press('h', 'h')
    await tmux.shows(/\d+ \+ {2}\} else if \(path === '\/events' && method === 'GET'\)/)

    await writeFile(inLesson('server.ts'), (await solution()).replace('text/event-stream', 'text/plain'))
    const wrong = await tmux.shows('received   content-type: text/plain')
    expect(wrong).toContain('✓ answers GET /events with 200')
    expect(wrong).toMatch(/where {6}lessons\/03-headers\/server\.ts:\d+/)
    expect(wrong).not.toContain('try  ')
    await tmux.press('f')
    expect(await tmux.shows("fix        Set 'content-type'")).toContain('try        curl')
    await tmux.press('d')
    expect(await tmux.shows('What matters here: your code → the solution')).toContain("'text/event-stream'")

    await writeFile(inLesson('server.ts'), await solution())
    const done = await tmux.shows('Lesson 3 is done.')
    expect(done).toContain('n next lesson')
    expect(done).toMatch(/Progress {2}\[#+>-+] {2}1\/\d/)
    await tmux.press('w')
    await tmux.shows('GET /events → 200 text/event-stream')
    await writeFile(inLesson('server.ts'), (await solution()).replace('text/event-stream', 'text/html'))
    expect(await tmux.shows('✗ declares an event stream')).toContain('bytes on the wire')
    await writeFile(inLesson('server.ts'), await solution())
    expect(await tmux.shows('✓ Lesson 3 is done.')).toContain('bytes on the wire')
    await tmux.press('n')
    await tmux.shows('Lesson 4 of')
    await tmux.shows('✗ ')
    await tmux.press('q')
    expect(await tmux.shows('exit 0')).toMatch(/^Lesson 4 · Message format\. 1 of \d+ lessons done\./m)
    expect(await tmux.modes()).toBe('0 1')
    expect(await portState(port)).toBe('free')
  })

  test('reset asks first, keeps a backup, and u brings it back', async () => {
    await writeFile(inLesson('server.ts'), '// mine\n')
    await using tmux = (await startLesson()).tmux
    await tmux.shows('✗ starts')
    await tmux.press('x', 'n', 'x', 'z', 'y')
    await tmux.shows('x reset')
    expect(await readFile(inLesson('server.ts'), 'utf8')).toBe('// mine\n')
    await tmux.press('x')
    await tmux.shows('back to its starter?')
    await tmux.press('y')
    await tmux.shows('Back at the starter.')
    expect(await readFile(inLesson('server.ts'))).toEqual(await readFile(inLesson('starter', 'server.ts')))
    await tmux.press('u')
    await tmux.shows('are back')
    expect(await readFile(inLesson('server.ts'), 'utf8')).toBe('// mine\n')
  })

  test('the list finds a lesson by what is typed, Enter goes there, and resizing changes nothing', async () => {
    await using tmux = (await startLesson()).tmux
    await tmux.shows('q quit')
    await tmux.press('l')
    await tmux.shows('Search')
    await tmux.press('t', 'h', 'e', 'Space', 'p', 'a', 'g', 'e')
    await tmux.shows(/Search {2}the page▏\n\n {2}→ {2}5 /)
    await tmux.resize(60, 16)
    await tmux.press('Enter')
    await tmux.shows('Lesson 5 of')
    await tmux.resize(100, 40)
    expect(await tmux.shows('keeps what lessons 2 to 4 taught')).toMatch(/^ {2}Lesson 5 of/)
  })

  test('e asks which editor where none is named, and opens the file in it', async () => {
    const bin = join(copy.root, 'bin')
    await mkdir(bin, { recursive: true })
    await writeFile(join(bin, 'nano'), '#!/bin/sh\necho "opened $2"\nread line\n', { mode: 0o755 })
    const command = `PATH="$PWD/bin:$PATH" '${process.execPath}' workshop/main.mjs lesson 3`
    const env = { PORT: String(await freePort()), VISUAL: '', EDITOR: '', TERM_PROGRAM: '' }
    await using tmux = await Tmux.start({ command, cwd: copy.root, env })
    await tmux.shows('q quit')
    await tmux.press('e')
    const [, number = ''] = /(\d) {2}nano/.exec(await tmux.shows('Which editor?')) ?? []
    await tmux.press(number)
    await tmux.shows('/lessons/03-headers/server.ts')
    await tmux.press('Enter')
    await tmux.shows('e edit in nano')
  })

  test('Ctrl-Z gives the terminal back, and fg goes on, also in an editor', async () => {
    const editor = '#!/bin/sh\necho \'the editor\'\nread line\necho "typed $line"\nread line\n'
    await writeFile(join(copy.root, 'editor'), editor, { mode: 0o755 })
    await using shell = await Tmux.start({ command: 'sh -i', cwd: copy.root, env: { PS1: '$ ' } })
    const port = await freePort()
    await shell.press(
      `EDITOR=./editor PORT=${port} '${process.execPath}' workshop/main.mjs lesson 3`,
      'Enter',
    )
    await shell.shows('q quit')
    await shell.press('C-z')
    await shell.shows('Stopped')
    expect(await shell.modes()).toBe('0 1')
    await shell.press('fg', 'Enter')
    await shell.shows('q quit')
    expect(await shell.modes()).toBe('1 0')
    await shell.press('e')
    await shell.shows('the editor')
    await shell.press('C-z')
    await shell.shows(/the editor[\s\S]*Stopped/)
    await shell.press('fg', 'Enter', 'this', 'Enter')
    await shell.shows('typed this')
    expect(await shell.modes()).toBe('0 1')
    await shell.press('Enter')
    await shell.shows('q quit')
    expect(await shell.modes()).toBe('1 0')
  })

  test.each(['SIGTERM', 'SIGHUP', 'SIGKILL'])('%s leaves no server behind', async (signal) => {
    await writeFile(inLesson('server.ts'), await solution())
    const { tmux: started, port } = await startLesson()
    await using tmux = started
    await tmux.shows('Lesson 3 is done.')
    await expect.poll(() => isServed(`https://localhost:${port}`), { timeout: 20_000 }).toBe(true)
    process.kill((await tmux.child()) ?? 0, signal)
    await tmux.shows('exit ')
    await expect.poll(() => portState(port), { timeout: 20_000 }).toBe('free')
    if (signal === 'SIGKILL') return // nobody can tidy up a terminal after that
    expect(await tmux.modes()).toBe('0 1')
    await tmux.shows(/^icanon\necho *$/m)
  })

  test('a terminal that is closed leaves no process behind', async () => {
    const { tmux: started, port } = await startLesson()
    await using tmux = started
    await tmux.shows('Lesson 3 is done.')
    const child = await tmux.child()
    await tmux[Symbol.asyncDispose]()
    expect(isAlive(child ?? 0)).toBe(false)
    expect(await portState(port)).toBe('free')
  })
})
