/** `npm start` and `npm run demo`: servers that run until someone ends them. */
import { readdir } from 'node:fs/promises'
import { connect } from 'node:http2'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { freePort } from '../../checks/support/server/ports.ts'
import { portState } from '../machine/ports.ts'
import { filesIn } from '../project/files.ts'
import { copyProject, type Running } from '../testing/copy.ts'

// Windows has no signals: what ends a process there can't be told apart from a crash.
describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  test('start makes what it needs, serves the page and the stream, and ends', async () => {
    await using fresh = await copyProject()
    const port = await freePort()
    const running = fresh.start(['start'], { PORT: String(port) })
    await running.prints('Listening on')
    expect(running.stderr).toMatch(/^Made a certificate for localhost in certs\/\. .*\n$/)
    expect(running.stdout).toContain(`https://localhost:${port}/events\n`)
    expect(await get(`https://localhost:${port}/`)).toContain('<ul id="list"')
    await interrupt(running)
    expect(await portState(port)).toBe('free')
  })

  test('demo shows the stream with its line ends, and leaves nothing behind', async () => {
    await using fresh = await copyProject()
    const port = await freePort()
    const before = filesIn(join(fresh.root, 'lessons'))
    const running = fresh.start(['demo', '4'], { PORT: String(port) })
    await running.prints('Z␊\n␊\n')
    expect(running.stdout).toContain('content-type: text/event-stream')
    expect(await interrupt(running)).toMatchObject({ code: 0 })
    expect(await portState(port)).toBe('free')
    expect(filesIn(join(fresh.root, 'lessons'))).toEqual(before)
  })
})

test('demo of lesson 1 keeps its certificate to itself', async () => {
  await using fresh = await copyProject()
  expect((await fresh.run(['demo', '1'])).code).toBe(0)
  expect((await readdir(join(fresh.root, 'certs'))).filter((name) => name.endsWith('.pem'))).toEqual([])
})

async function interrupt(running: Running) {
  running.child.kill('SIGINT')
  return running.ended
}

async function get(url: string): Promise<string> {
  const session = connect(url, { rejectUnauthorized: false })
  try {
    return await text(session.request({ ':path': new URL(url).pathname }))
  } finally {
    session.close()
  }
}
