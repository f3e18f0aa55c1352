import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { platform } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterAll, describe, expect, test } from 'vitest'
import { connect } from '../client/client.ts'
import { groupOf, Project } from '../fixtures/project.ts'
import { freePort, isFree } from './ports.ts'
import { programEnv } from './spawn.ts'
import { StartError } from './types.ts'

const project = new Project()
afterAll(() => project[Symbol.dispose]())

describe('a server that is right', () => {
  test.for(['good-core.ts', 'good-compat.ts'])('%s starts, answers, and leaves nothing', async (entry) => {
    const server = await project.start(entry)
    expect(server.origin).toBe(`https://localhost:${server.port}`)
    await using client = await connect(server.origin)
    const exchange = client.get('/')
    expect(await exchange.head).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain' } })
    await exchange.done
    expect(exchange.text).toBe('hello')
    await server.stop()
    await server.stop()
    expect(server.exit).toMatchObject({ signal: 'SIGTERM', crash: undefined })
    expect(groupOf(server.pid)).toEqual([])
    expect(await isFree(server.port)).toBe(true)
  })

  test('listens on the port that is asked for', async () => {
    const port = await freePort()
    await using server = await project.start('good-core.ts', { port })
    expect(server.port).toBe(port)
  })

  test('is shown what it prints', async () => {
    let heard = ''
    await using server = await project.start('good-core.ts', { onOutput: (text) => (heard += text) })
    await expect.poll(() => heard, { timeout: 5000 }).toBe('listening\n')
    expect(server.output).toBe('listening\n')
  })

  test('its own handlers for errors and messages work as they would alone', async () => {
    await using server = await project.start('own-handlers.ts')
    await expect.poll(() => server.output, { timeout: 5000 }).toContain('caught survived')
    expect(server.output).toBe('send undefined, variable undefined\ncaught survived\n')
    expect(server.crash).toMatchObject({ message: 'survived', at: { line: 10 } })
    expect(server.exit).toBeUndefined()
  })
})

describe('a server that does not want to go', { timeout: 20_000 }, () => {
  test('ignores SIGTERM', async () => {
    const server = await project.start('hell/ignores-sigterm/server.ts')
    const start = performance.now()
    await server.stop()
    expect(performance.now() - start).toBeLessThan(1000)
    expect(server.exit?.signal).toBe('SIGKILL')
    expect(await isFree(server.port)).toBe(true)
  })

  test('leaves a grandchild with the port and the pipes', async () => {
    const server = await project.start('hell/grandchild/server.ts')
    expect(groupOf(server.pid).length).toBeGreaterThan(1)
    const start = performance.now()
    await server.stop()
    expect(performance.now() - start).toBeLessThan(1000)
    expect(groupOf(server.pid)).toEqual([])
    expect(await isFree(server.port)).toBe(true)
  })

  test('prints 200 MB', { timeout: 90_000 }, async () => {
    const before = process.memoryUsage().rss
    await using server = await project.start('floods-output.ts')
    await expect.poll(() => server.output, { timeout: 60_000 }).toMatch(/the last line\n$/)
    expect(server.output).toMatch(/^the first line\nx/)
    expect(server.output).toMatch(/\n… 2096\d{5} characters are not shown …\n/)
    expect(server.output.length).toBeLessThan(70_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20)
  })
})

describe('a start that is given up', () => {
  test('rejects with the reason, and leaves nothing', async () => {
    const port = await freePort()
    const start = project.start('hell/never-listens/server.ts', { port, signal: AbortSignal.timeout(300) })
    await expect(start).rejects.toThrow('aborted due to timeout')
  })

  test('an aborted signal stops a server that is up', async () => {
    const controller = new AbortController()
    const server = await project.start('good-core.ts', { signal: controller.signal })
    controller.abort()
    await server.exited
    expect(groupOf(server.pid)).toEqual([])
  })

  test('a failed start says how the program ended', async () => {
    const error = await project.start('hell/exits-1/server.ts').catch((error) => error)
    expect(error).toBeInstanceOf(StartError)
    expect(error).toMatchObject({ output: 'no luck\n', exit: { code: 1, signal: null } })
  })
})

describe.skipIf(platform() === 'win32')('when the workshop itself ends', { timeout: 20_000 }, () => {
  test.for([
    ['SIGKILL', 'good-core.ts', /pid (\d+)/],
    ['SIGINT', 'good-core.ts', /pid (\d+)/],
    ['SIGKILL', 'hell/ignores-sigterm/server.ts', /pid (\d+)/],
    ['SIGKILL', 'loops-later.ts', /pid (\d+)\nlooping/],
    ['SIGHUP', 'hell/grandchild/server.ts', /pid (\d+)/],
  ] as const)('by %s, %s goes with it', async ([signal, entry, ready]) => {
    const args = ['--import', 'tsx', starter, pathToFileURL(project.root).href, entry]
    const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const pid = await readPid(parent.stdout, ready)
    expect(groupOf(pid)).not.toEqual([])
    parent.kill(signal)
    await once(parent, 'exit')
    await expect.poll(() => groupOf(pid), { timeout: 5000 }).toEqual([])
  })

  test('a worker thread that is terminated takes its server along', async () => {
    const worker = new Worker(
      `import('tsx/esm/api').then(({ register }) => {
      register()
      process.argv.splice(2, 2, ${JSON.stringify(pathToFileURL(project.root).href)}, 'good-core.ts')
      return import(${JSON.stringify(pathToFileURL(starter).href)})
    })`,
      { eval: true, stdout: true },
    )
    const pid = await readPid(worker.stdout, /pid (\d+)/)
    expect(groupOf(pid)).not.toEqual([])
    await worker.terminate()
    await expect.poll(() => groupOf(pid), { timeout: 5000 }).toEqual([])
  })
})

test('the environment is passed on, less what is meant for this process', () => {
  const env = { HOME: '/home/me', VITEST: 'true', VITEST_POOL_ID: '1', NODE_OPTIONS: '--x', FORCE_COLOR: '1' }
  expect(programEnv(env)).toEqual({ HOME: '/home/me', NO_COLOR: '1' })
})

const starter = join(import.meta.dirname, '..', 'fixtures', 'start-and-stay.ts')

/** Reads what `start-and-stay.ts` prints until it matches; the first group is the process id. */
async function readPid(stream: Readable, ready: RegExp): Promise<number> {
  let text = ''
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += chunk
    const match = ready.exec(text)
    if (match) return Number(match[1])
  }
  throw new Error(`it ended, and printed ${text}`)
}
