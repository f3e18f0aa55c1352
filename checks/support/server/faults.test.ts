import { createServer, type Server } from 'node:net'
import { platform } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Place } from '../../verdict.ts'
import { connect } from '../client/client.ts'
import { groupOf, Project } from '../fixtures/project.ts'
import { busyFailure, deathFailure } from './death.ts'
import { freePort, isFree, isLocalhost } from './ports.ts'
import { LearnerServer } from './server.ts'
import { serve, startServer } from './start.ts'

const project = new Project()
afterAll(() => project[Symbol.dispose]())

const inFile = (name: string, line: number): Place => ({ file: `my lesson ü/${name}`, line })

project.write('syntax.ts', "import { port } from './secure.ts'\n\nconst server = = port\n")
project.write('no-file.ts', "import 'node:fs'\nimport { a } from './sekure.ts'\nconsole.log(a)\n")
project.write('no-package.ts', "\n\nimport express from 'expresso'\nconsole.log(express)\n")
project.write('no-export.ts', "import { prot } from './secure.ts'\nconsole.log(prot)\n")

project.write('page-from-nowhere.ts', "import { readFileSync } from 'node:fs'\n\nreadFileSync('page.html')\n")
project.write('await.ts', 'setTimeout(() => {\n  const x = await fetch(1)\n})\n')

describe('a server that does not start is told why', { timeout: 12_000 }, () => {
  test.for<[entry: string, received: string | RegExp, at?: Place]>([
    ['hell/exits-0/server.ts', 'a program that ended at once, with exit code 0'],
    ['hell/exits-1/server.ts', 'a program that ended before it listened, with exit code 1'],
    ['unsettled.ts', 'a program that ended while it waited at an await', inFile('unsettled.ts', 1)],
    ['throws-at-start.ts', /^TypeError: Cannot read prop.*'length'/, inFile('throws-at-start.ts', 7)],
    ['syntax.ts', 'a syntax error: Unexpected "="', inFile('syntax.ts', 3)],
    ['no-file.ts', /not found: my lesson ü\/sekure.ts, in my lesson ü\/no-file.ts/, inFile('no-file.ts', 2)],
    ['no-package.ts', /not found: expresso, in my lesson ü\/no-package.ts$/, inFile('no-package.ts', 3)],
    ['no-export.ts', /does not provide an export named 'prot'/, inFile('no-export.ts', 1)],
    ['nowhere.ts', 'there is no file my lesson ü/nowhere.ts'],
    [
      'no-certificate.ts',
      'a certificate file that is not there: certs/key.pem',
      inFile('no-certificate.ts', 3),
    ],
    ['hell/never-listens/server.ts', 'a program that runs, and after 7 s listens on no port'],
    ['hell/loops-at-start/server.ts', 'a program that is busy for 7 s, and listens on no port'],
    ['hell/plain-http/server.ts', 'a server without TLS, made with node:http'],
    ['hell/plain-http2/server.ts', 'a server without TLS, made with createServer of node:http2'],
    ['https1.ts', 'a server that chose http/1.1, made with node:https'],
    ['hell/silent/server.ts', 'a server that accepts a connection and says nothing, made with node:net'],
  ])('%s', async ([entry, received, at]) => {
    const failure = await project.fail(entry)
    if (typeof received === 'string') expect(failure.received).toBe(received)
    else expect(failure.received).toMatch(received)
    expect(failure.at).toEqual(at)
    expect(JSON.stringify({ ...failure, output: '' })).not.toContain('checks/support')
  })

  test.for<[entry: string, fix: string]>([
    ['page-from-nowhere.ts', "Begin at the file itself: new URL('page.html', import.meta.url)"],
    ['await.ts', 'Write async in front of the function'],
  ])('and what to do, in %s', async ([entry, fix]) => {
    expect((await project.fail(entry)).fix).toContain(fix)
  })

  test('what it printed is kept', async () => {
    expect((await project.fail('hell/exits-1/server.ts')).output).toBe('no luck\n')
  })

  test.skipIf(platform() === 'win32')('killed by a signal', async () => {
    expect((await project.fail('killed.ts')).received).toBe('the process was ended by the signal SIGINT')
  })

  test('an exit as soon as it listens', async () => {
    expect((await project.fail('exits-when-listening.ts')).received).toBe(
      'a program that ended at once, with exit code 0',
    )
  })

  test.skipIf(platform() === 'win32')('a fault of Node', async () => {
    expect((await project.fail('breaks.ts')).received).toBe('Node itself broke, with the signal SIGSEGV')
  })

  test('a port of its own choice', async () => {
    const other = await freePort()
    const { received } = await project.fail('fixed-port.ts', { env: { OTHER_PORT: String(other) } })
    expect(received).toBe(`a server that listens on port ${other}`)
    expect(await isFree(other)).toBe(true)
  })

  test.for(['fixed-port.ts', 'fixed-port-handled.ts'])('a port in use: %s', async (entry) => {
    await using other = await takenPort()
    const { received } = await project.fail(entry, { env: { OTHER_PORT: String(other.port) } })
    expect(received).toBe(`the program chose port ${other.port}, which another program uses`)
  })

  test('the port it was given is in use', async () => {
    await using other = await takenPort()
    const { received } = await project.fail('good-core.ts', { port: other.port })
    expect(received).toBe(`port ${other.port} is in use by another program`)
  })

  test('a free port that a stranger takes first is not theirs: another one is tried', async () => {
    const program = { folder: project.folder, root: project.root, entry: 'good-core.ts' }
    const strangers: LearnerServer[] = []
    const hold = () => {
      const server = new LearnerServer(program)
      const { run } = server
      server.run = async (...args) => {
        if (strangers.length < 2) strangers.push(await startServer({ ...program, port: server.port }))
        run.apply(server, args)
      }
      return server
    }
    await using server = await serve(hold, {})
    expect(strangers.map(({ port }) => port)).not.toContain(server.port)
    expect(server.probe.listening).toMatchObject([{ address: { port: server.port } }])
    await Promise.all(strangers.map((stranger) => stranger.stop()))
    await using client = await connect(server.origin)
    expect((await client.get('/').head).status).toBe(200)
  })

  test('one address only passes where localhost means it', async () => {
    await using server = await project.start('listens-on.ts', { env: { HOST: '127.0.0.1' } })
    expect(server.exit).toBeUndefined()
    if (await isLocalhost('::1')) {
      await using other = await project.start('listens-on.ts', { env: { HOST: '::1' } })
      expect(other.exit).toBeUndefined()
    } else {
      const { received } = await project.fail('listens-on.ts', { env: { HOST: '::1' } })
      expect(received).toBe('a server that listens on ::1 only, which is not what localhost means here')
    }
  })

  test.skipIf(platform() === 'win32')('a pipe', async () => {
    const { received } = await project.fail('pipe.ts', { env: { PIPES: project.root } })
    expect(received).toContain(`listens on the local pipe ${join(project.root, 'port')}, and on no port`)
  })
})

describe('a server that ends or stands still later', { timeout: 12_000 }, () => {
  test('throws on a request', async () => {
    await using server = await project.start('throws-on-request.ts')
    await using client = await connect(server.origin)
    const exchange = client.get('/other')
    await expect(exchange.head).rejects.toThrow('no response to /other')
    expect(await server.diedWithin(1000)).toBe(true)
    expect(deathFailure(server)).toMatchObject({
      received: 'RangeError: no route for /other',
      at: inFile('throws-on-request.ts', 9),
    })
    expect(server.exit).toMatchObject({ code: 1, crash: { kind: 'uncaughtException', name: 'RangeError' } })
  })

  test('throws in a timer', async () => {
    await using server = await project.start('hell/throws-later/server.ts')
    await server.exited
    expect(deathFailure(server)).toMatchObject({
      received: 'Error: too late',
      at: inFile('hell/throws-later/server.ts', 47),
    })
    expect(groupOf(server.pid)).toEqual([])
  })

  test.skipIf(platform() === 'win32')('a signal, after an error that was caught', async () => {
    await using server = await project.start('breaks-later.ts')
    await server.exited
    expect(server.exit?.signal).toBe('SIGSEGV')
    expect(deathFailure(server)).toMatchObject({
      received: 'Error: caught after all',
      why: expect.stringContaining("'uncaughtException'"),
      at: inFile('breaks-later.ts', 6),
    })
  })

  test('a rejection that nothing handles', async () => {
    await using server = await project.start('hell/rejects-later/server.ts')
    await server.exited
    expect(server.crash?.kind).toBe('unhandledRejection')
    expect(deathFailure(server)).toMatchObject({
      received: 'Error: nobody waits for me',
      why: expect.stringContaining('promise was rejected'),
      at: inFile('hell/rejects-later/server.ts', 48),
    })
  })

  test('an error of a stream without a listener', async () => {
    await using server = await project.start('stream-error.ts')
    await using client = await connect(server.origin)
    const exchange = client.get('/')
    await exchange.head
    exchange.reset(2)
    await server.exited
    expect(deathFailure(server)).toMatchObject({ fix: expect.stringContaining('stream.on("error"') })
  })

  test('an endless loop on a request', async () => {
    await using server = await project.start('hell/loops-on-request/server.ts')
    await using client = await connect(server.origin)
    expect(await server.isBusy()).toBe(false)
    client.get('/')
    await expect.poll(() => server.isBusy(), { timeout: 3000 }).toBe(true)
    expect(busyFailure(server).received).toBe('the process runs, but its event loop is blocked')
  })

  test.for(['hell/grows-heap/server.ts', 'hell/grows-buffers/server.ts'])(
    'memory without bound: %s',
    async (entry) => {
      await using server = await project.start(entry)
      await server.exited
      expect(deathFailure(server).received).toBe('the process needed too much memory and was ended')
    },
  )
})

/** A port that this process listens on. */
async function takenPort(): Promise<{ port: number } & AsyncDisposable> {
  const port = await freePort()
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(port, resolve))
  return {
    port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
