import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'
import { takePort } from '../../checks/support/server/ports.ts'
import { portState, portToServe, whoHolds } from './ports.ts'

afterEach(() => vi.unstubAllEnvs())

test.each(['127.0.0.1', undefined])('a program that listens on %s takes the port', async (host) => {
  let port: number
  {
    await using taken = await takePort(host)
    port = taken.port
    expect(await portState(port)).toBe('taken')
    vi.stubEnv('PORT', String(port))
    await expect(portToServe()).rejects.toThrow(
      /^Port \d+ is taken.*\. Stop that program, or set PORT to another number\.$/,
    )
    const holder = await whoHolds(port)
    if (holder) expect(holder).toContain(`process ${process.pid}`)
  }
  expect(await portState(port)).toBe('free')
  expect(await portToServe()).toBe(port)
  expect(await whoHolds(port)).toBeUndefined()
})

test.each(['abc', '80a', '0', '65536', '-1', '8080.5', '1e3'])('PORT=%s is no port', async (typed) => {
  vi.stubEnv('PORT', typed)
  await expect(portToServe()).rejects.toThrow(
    `PORT is "${typed}", but a port is a number from 1 to 65535, such as 8080.`,
  )
})

const LISTENER =
  "const server = require('node:net').createServer().listen(0, () => console.log(server.address().port))"

// `ps` tells what a program was started with.
test.skipIf(process.platform === 'win32')(
  'a command of the workshop that has the port is named',
  async () => {
    const program = spawn(process.execPath, ['-e', LISTENER, 'workshop/main.mjs', 'lesson', '3'])
    try {
      const [printed] = await once(program.stdout, 'data')
      const port = Number(printed)
      if (!(await whoHolds(port))) return // nothing here tells who listens
      vi.stubEnv('PORT', String(port))
      await expect(portToServe()).rejects.toThrow(
        /^Port \d+ is taken by npm run lesson 3, in another terminal\. End it there, or take another port: PORT=\d+ npm /,
      )
    } finally {
      program.kill()
      await once(program, 'exit')
    }
  },
)
