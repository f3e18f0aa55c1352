import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Client, connect } from '../client/client.ts'
import { Project } from '../fixtures/project.ts'
import type { LearnerServer } from '../server/server.ts'
import type { Sample } from '../server/types.ts'

const project = new Project()
afterAll(() => project[Symbol.dispose]())

const CLIENTS = 20

describe('what is counted inside of the process', { timeout: 20_000 }, () => {
  test('a server that cleans up returns to where it was', async () => {
    await using server = await project.start('cleans-up.ts')
    await visit(server)
    const before = await settled(server, (sample) => sample.streams === 0 && sample.sockets === 0)
    const during = await visit(server)
    expect(during).toMatchObject({ streams: CLIENTS, sockets: CLIENTS, timers: before.timers + CLIENTS })
    const after = await settled(server, (sample) => sample.streams === 0 && sample.sockets === 0)
    expect(after).toMatchObject({ timers: before.timers, lateWrites: { count: 0 } })
    expect(after.listeners).toBe(before.listeners)
  })

  test('a server that leaks has one more of each for each client that left', async () => {
    await using server = await project.start('leaks.ts')
    const before = await settled(server, (sample) => sample.sockets === 0)
    await visit(server)
    const after = await settled(server, (sample) => sample.sockets === 0 && sample.lateWrites.count > 0)
    expect(after.timers - before.timers).toBe(CLIENTS)
    expect(after.listeners - before.listeners).toBeGreaterThanOrEqual(CLIENTS)
    expect(after.lateWrites.at).toEqual({ file: 'my lesson ü/leaks.ts', line: 12 })
    expect(after.memory.rss).toBeGreaterThan(after.memory.heapUsed)
  })

  test('a process whose event loop is blocked can not be asked', async () => {
    await using server = await project.start('loops-later.ts')
    await expect.poll(() => server.isBusy(), { timeout: 3000 }).toBe(true)
    await expect(server.sample()).rejects.toThrow('event loop is blocked')
    expect(await server.where({ call: 'write', path: '/' })).toBeUndefined()
  })
})

describe('where a response was made', () => {
  test('with the core API', async () => {
    await using server = await project.start('responses.ts')
    await using client = await connect(server.origin)
    await client.get('/end').done
    const file = 'my lesson ü/responses.ts'
    expect(await server.where({ call: 'respond', path: '/end' })).toEqual({ file, line: 18 })
    expect(await server.where({ call: 'write', path: '/end' })).toEqual({ file, line: 20 })
    expect(await server.where({ call: 'end', path: '/end' })).toEqual({ file, line: 21 })
    expect(await server.where({ call: 'respond', path: '/other' })).toBeUndefined()
  })

  test('with the compatibility API', async () => {
    await using server = await project.start('good-compat.ts')
    await using client = await connect(server.origin)
    await client.get('/').done
    const file = 'my lesson ü/good-compat.ts'
    expect(await server.where({ call: 'respond', path: '/' })).toEqual({ file, line: 5 })
    expect(await server.where({ call: 'write', path: '/' })).toEqual({ file, line: 6 })
    expect(await server.where({ call: 'end', path: '/' })).toEqual({ file, line: 7 })
  })
})

// A folder outside of the workshop that has no package.json: Node takes its files for CommonJS modules.
describe('a program of CommonJS modules', () => {
  test('has places', async () => {
    project.write('responses.cts', readFileSync(join(project.folder, 'responses.ts'), 'utf8'))
    await using server = await project.start('responses.cts')
    await using client = await connect(server.origin)
    await client.get('/end').done
    expect(await server.where({ call: 'end', path: '/end' })).toEqual({
      file: 'my lesson ü/responses.cts',
      line: 21,
    })
  })

  test('can be hurried', { timeout: 20_000 }, async () => {
    project.write('late.cts', LATE)
    await using server = await project.start('late.cts')
    await using client = await connect(server.origin)
    const answer = await server.hurry(async () => client.get('/'), 1)
    await answer.done
    expect(Buffer.from(answer.bytes).toString()).toBe('at last')
  })
})

/** Answers after half a minute. */
const LATE = `
  import { port, secureServer } from './secure.ts'
  const server = secureServer()
  server.on('stream', (stream) => setTimeout(() => stream.end('at last'), 30_000))
  server.listen(port)
`

/** Opens streams on sessions of their own, takes a sample, and drops the connections. */
async function visit(server: LearnerServer): Promise<Sample> {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => connect(server.origin)))
  await Promise.all(clients.map((client: Client) => client.get('/').head))
  const sample = await settled(server, ({ sockets }) => sockets === CLIENTS)
  for (const client of clients) client.destroy()
  return sample
}

/** The first sample for which `test` holds. */
async function settled(server: LearnerServer, test: (sample: Sample) => boolean): Promise<Sample> {
  for (let tries = 0; tries < 20; tries++) {
    const sample = await server.sample()
    if (test(sample)) return sample
  }
  return server.sample()
}
