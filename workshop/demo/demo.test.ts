/** `npm run demo` in a real terminal, beside a client that behaves as a browser's EventSource. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connect } from '../../checks/support/client/client.ts'
import { freePort } from '../../checks/support/server/ports.ts'
import { portState } from '../machine/ports.ts'
import { filesIn } from '../project/files.ts'
import { copyProject } from '../testing/copy.ts'
import { hasTmux, Tmux } from '../testing/tmux.ts'

describe.skipIf(!hasTmux)('the demo', () => {
  test('shows bytes and events, survives a kill, goes to the next lesson on the same port', async () => {
    await using copy = await copyProject()
    const before = filesIn(join(copy.root, 'lessons'))
    const port = await freePort()
    await using tmux = await startDemo('4', copy.root, port)
    await tmux.shows(/data: \S+Z␊ +│ message: \S+Z/)
    await tmux.shows(/this screen +1 +1 +\d+ +\d+ s/)

    await using page = await connect(`https://localhost:${port}`)
    const events = page.get('/events', { 'user-agent': 'Mozilla/5.0 Chrome/156.0' })
    await events.until(({ chunks }) => chunks.length > 0, 20_000)
    await tmux.shows(/Chrome +2 +1 +\d+ +\d+ s/)
    await tmux.press('k')
    await page.closed
    await tmux.shows('back in 3 s')
    await tmux.shows(/this screen +3 +1 +\d+ +\d+ s/)

    await tmux.press('s')
    await tmux.shows('The network is slow')
    await tmux.press('s', 'Space')
    await tmux.shows('The screen is paused')
    await tmux.press('Space', 'd')
    await tmux.shows('solutions/03-headers → solutions/04-message-format')
    await tmux.press('Escape') // closes it, as in a lesson
    await tmux.shows(/data: \S+Z␊ +│ message: \S+Z/)
    await tmux.press('d', 'd', 'n')
    await tmux.shows('Lesson 5 of')
    await tmux.shows(/this screen +4 +1/)
    await tmux.press('p', 'p')
    await tmux.shows('Lesson 3 of')
    await tmux.press('q')
    await tmux.shows('exit 0')
    expect(await tmux.modes()).toBe('0 1')
    expect(await portState(port)).toBe('free')
    expect(filesIn(join(copy.root, 'lessons'))).toEqual(before)
  })

  test('sends messages, and tells those that were missed from those that come now', async () => {
    await using copy = await copyProject()
    const port = await freePort()
    await using tmux = await startDemo('9', copy.root, port)
    await tmux.shows(/this screen +1 +1/)
    await using page = await connect(`https://localhost:${port}`)
    const events = page.get('/events')
    await events.until(({ text }) => text.includes('welcome'), 20_000)
    await tmux.press('m')
    expect(await events.until(({ text }) => text.includes('data: Message 1\n'), 20_000)).toBe(true)
    await tmux.shows(/│ message: Message 1 /)
    await tmux.shows('POST /messages → 204')
    await tmux.press('k', 'm')
    await tmux.shows(/last-event-id: .+-1\)/)
    await tmux.shows(/│ missed +message: Message 2/)
    await tmux.press('m')
    await tmux.shows(/│ message: Message 3 /)
    await tmux.press('p', 'm') // to the server of lesson 8, which may not be there yet
    await tmux.shows('Lesson 8 of')
    await tmux.shows(/POST \/messages → (204|no answer)/)
    await tmux.press('q')
    await tmux.shows('exit 0')
  })

  test('shows the heartbeat, and when the server has ended a client that answers no PING', async () => {
    await using copy = await copyProject()
    const port = await freePort()
    await using tmux = await startDemo('10', copy.root, port)
    await tmux.shows(/: still here␊ +│/)
    await tmux.press('c')
    await tmux.shows('The dead client: open for')
    const screen = await tmux.shows(/The server ended the dead client after \d+\.\d s\./)
    expect(screen).toContain('c dead client')
    await tmux.press('c')
    await tmux.shows('The dead client: open for')
    await tmux.press('p')
    expect(await tmux.shows('Lesson 9 of')).not.toContain('dead')
    await tmux.press('q')
    await tmux.shows('exit 0')
    expect(await portState(port)).toBe('free')
  })

  test('shows where the bytes of a client pile up that does not read, and what it has in the end', async () => {
    await using copy = await copyProject()
    const port = await freePort()
    await using tmux = await startDemo('11', copy.root, port)
    await tmux.shows(/this screen +1 +1/)
    await tmux.press('f')
    await tmux.shows(/The frozen client: 1024 bytes in its window, [1-9]\d* in the server's memory\./)
    await tmux.shows(/The server let go of the frozen client at \d{4} bytes\./)
    const screen = await tmux.shows(/It is back, and has all\s+\d\d messages, each once\./)
    expect(screen).toContain('f frozen client')
    expect(screen).toMatch(/this screen +1 +1/)
    await tmux.press('n')
    await tmux.shows('Lesson 12 of')
    await tmux.shows(/this screen +2 +1/)
    await tmux.press('x')
    expect(await tmux.shows('POST /messages by a page of https://elsewhere.example → 403')).not.toContain(
      'frozen client a',
    )
    await tmux.press('q')
    await tmux.shows('exit 0')
    expect(await portState(port)).toBe('free')
  })

  test('replaces a server by SIGTERM, and shows its last words and who comes back', async () => {
    await using copy = await copyProject()
    const port = await freePort()
    await using tmux = await startDemo('13', copy.root, port)
    await tmux.shows(/this screen +1 +1/)
    await tmux.press('m')
    await tmux.shows(/│ message: Message 1 /)
    await tmux.press('t')
    await tmux.shows(/SIGTERM: the old process ended after \d\.\d\d s, with exit code 0\./)
    await tmux.shows(/retry: [12]\d{3}␊[\s\S]+the server has ended the stream; back in [12]\.\d+ s/)
    await tmux.shows(/event: reset␊/)
    await tmux.shows(/this screen +2 +1/)
    await tmux.press('m')
    await tmux.shows(/│ message: Message 2 /) // by the new one
    await tmux.press('t', 'p') // on the way to another lesson, nobody wants the new process any more
    await tmux.shows('Lesson 12 of')
    await tmux.shows(/this screen +\d +1/)
    await tmux.press('q')
    await tmux.shows('exit 0')
    expect(await portState(port)).toBe('free')
  })

  test('asks the model, shows its tokens, and that it stops with its client', async () => {
    await using copy = await copyProject()
    const port = await freePort()
    await using tmux = await startDemo('14', copy.root, port)
    await tmux.shows(/this screen +1 +1/)
    await tmux.press('a')
    await tmux.shows(/data: \{"token":"You"\}␊ +│ message: \{"token":"You"\}/)
    await tmux.shows('a stop the answer')
    await tmux.press('a')
    await tmux.shows('reset by the client: the model has stopped, too')
    await tmux.shows('a ask the model')
    await tmux.press('a')
    await tmux.shows(/data: \[DONE\]␊ +│[\s\S]+the answer is whole/)
    await tmux.press('q')
    await tmux.shows('exit 0')
    expect(await portState(port)).toBe('free')
  })

  test('has two servers with one log, so that nothing is missed when one is replaced', async () => {
    await using copy = await copyProject()
    const port = await freePort()
    await using tmux = await startDemo('15', copy.root, port)
    const [, redis] =
      /Two servers, one log: redis-cli -h 127.0.0.1 -p (\d+)/.exec(await tmux.shows('one log')) ?? []
    await tmux.press('m')
    await tmux.shows(/│ message: Message 1 /)
    await tmux.shows('POST /messages at another server → 204')
    await tmux.press('t')
    await tmux.shows('SIGTERM: the old process ended')
    const screen = await tmux.shows(/this screen +2 +1/)
    expect(screen).not.toContain('event: reset')
    await tmux.press('m')
    await tmux.shows(/│ message: Message 2 /)
    await tmux.press('q')
    await tmux.shows('exit 0')
    expect(await portState(Number(redis))).toBe('free')
  })

  test('quits while the server of another lesson starts', async () => {
    await using copy = await copyProject()
    const port = await freePort()
    await using tmux = await startDemo('4', copy.root, port)
    await tmux.shows(/this screen +1 +1/)
    await tmux.press('n')
    await tmux.shows('Lesson 5 of')
    await tmux.press('p', 'p', 'q')
    await tmux.shows('exit 0')
    expect(await portState(port)).toBe('free')
  })

  test('shows the starter as well, and SIGKILL leaves no server behind', async () => {
    await using copy = await copyProject()
    const port = await freePort()
    await using tmux = await startDemo('3 starter', copy.root, port)
    expect(await tmux.shows('GET /events → 404')).toContain('lessons/03-headers/starter/server.ts')
    process.kill((await tmux.child()) ?? 0, 'SIGKILL')
    await tmux.shows('exit 137')
    expect(await portState(port)).toBe('free')
  })
})

function startDemo(words: string, root: string, port: number): Promise<Tmux> {
  const command = `'${process.execPath}' workshop/main.mjs demo ${words}`
  return Tmux.start({ command, cwd: root, env: { PORT: String(port), NO_COLOR: '1' } })
}
