import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Project } from '../fixtures/project.ts'
import { freePort } from '../server/ports.ts'
import type { LearnerServer } from '../server/server.ts'
import { type Client, connect } from './client.ts'
import { ConnectError } from './tls.ts'

const project = new Project()
let server: LearnerServer
beforeAll(async () => {
  server = await project.start('responses.ts')
})
afterAll(async () => {
  await server.stop()
  project[Symbol.dispose]()
})

describe('how a response ended', () => {
  test('cleanly', async () => {
    await using client = await connect(server.origin)
    const exchange = client.get('/end')
    const head = await exchange.head
    expect(head.status).toBe(200)
    expect(head.headers['x-one']).toBe('a, b')
    expect(head.raw.filter(([name]) => name !== 'date')).toEqual([
      [':status', '200'],
      ['x-one', 'a'],
      ['x-one', 'b'],
    ])
    await exchange.done
    expect(exchange).toMatchObject({ ended: true, resetCode: undefined, lost: false, text: 'partial' })
    expect(head.ms).toBeGreaterThan(0)
    expect(exchange.chunks[0]?.at).toBeGreaterThanOrEqual(head.ms)
  })

  test('cleanly, with its head', async () => {
    await using client = await connect(server.origin)
    const exchange = client.get('/empty')
    expect((await exchange.head).status).toBe(204)
    await exchange.done
    expect(exchange).toMatchObject({ ended: true, chunks: [] })
  })

  test('cleanly, while nobody was reading', async () => {
    await using client = await connect(server.origin)
    const exchange = client.get('/end')
    await exchange.head
    exchange.pause()
    await client.get('/end').done
    exchange.resume()
    await exchange.done
    expect(exchange).toMatchObject({ ended: true, text: 'partial' })
  })

  test('with trailers', async () => {
    await using client = await connect(server.origin)
    const exchange = client.get('/trailers')
    await exchange.done
    expect(exchange.trailers).toMatchObject({ 'x-last': 'yes' })
    expect(exchange.ended).toBe(true)
  })

  test.for([
    ['/destroy', 0],
    ['/reset', 2],
  ] as const)('by a reset: %s', async ([path, code]) => {
    await using client = await connect(server.origin)
    const exchange = client.get(path)
    await exchange.done
    expect(exchange).toMatchObject({ ended: false, resetCode: code, lost: false })
  })

  test('by our reset', async () => {
    await using client = await connect(server.origin)
    const exchange = client.get('/none')
    exchange.reset(8)
    await expect(exchange.head).rejects.toThrow(
      'no response to /none: the stream was reset with code 8 (CANCEL)',
    )
    expect(exchange.resetCode).toBe(8)
  })

  test('by the loss of the connection', async () => {
    await using client = await connect(server.origin)
    const exchange = client.get('/drop')
    await exchange.done
    expect(exchange).toMatchObject({ ended: false, lost: true, resetCode: undefined })
    await client.closed
  })

  test('GOAWAY is recorded', async () => {
    await using client = await connect(server.origin)
    client.get('/goaway')
    await expect.poll(() => client.goawayReceived).toEqual({ code: 0, lastStreamId: 1 })
  })
})

describe('a request', () => {
  test('with a body in pieces, cut inside a letter', async () => {
    await using client = await connect(server.origin)
    const [a, b, c, d] = Buffer.from('😀')
    const body = [Buffer.of(a ?? 0, b ?? 0), Buffer.of(c ?? 0, d ?? 0), '!']
    const exchange = client.request({ ':method': 'POST', ':path': '/echo' }, body)
    await exchange.done
    expect(exchange.text).toBe('😀!')
  })

  test.for(['localhost', '127.0.0.1', '[::1]'])('names the server as its address does: %s', async (host) => {
    await using client = await connect(`https://${host}:${server.port}`)
    const { headers } = await client.get('/authority').head
    expect(headers['x-authority']).toBe(`${host}:${server.port}`)
  })

  test('waits for what is asked for, no longer than it may', async () => {
    await using client = await connect(server.origin)
    const exchange = client.get('/goaway')
    expect(await exchange.until((x) => x.bytes.length === 7, 20_000)).toBe(true)
    expect(await exchange.until((x) => x.bytes.length === 8, 50)).toBe(false)
    const other = client.get('/none')
    const waiting = other.until(() => false, 60_000)
    client.destroy()
    expect(await waiting).toBe(false)
  })

  test('keeps the last bytes only, where no more are wanted', async () => {
    await using flood = await project.start('floods-stream.ts')
    await using client = await connect(flood.origin)
    const exchange = client.get('/')
    exchange.keep = 100_000
    let count = 0
    let most = 0
    exchange.eachChunk(({ bytes }) => {
      count += bytes.length
      most = Math.max(most, exchange.bytes.length)
    })
    expect(await exchange.until(() => count > 400_000, 20_000)).toBe(true)
    expect(exchange.isWhole).toBe(false)
    expect(most).toBeGreaterThan(50_000)
    expect(most).toBeLessThanOrEqual(100_000)
  })

  test('a paused reader receives one window at most', async () => {
    await using flood = await project.start('floods-stream.ts')
    await using client = await connect(flood.origin)
    const exchange = client.get('/')
    await exchange.head
    exchange.pause()
    const other = client.get('/')
    expect(await other.until((x) => x.chunks.length > 100, 20_000)).toBe(true)
    expect(exchange.bytes.length).toBeLessThan(256 * 1024)
  })
})

describe('a connection that does not come about', () => {
  const faultOf = (connection: Promise<Client>) =>
    connection.then(String, (error) => (error as ConnectError).fault)

  test('refused', async () => {
    const port = await freePort()
    const connection = connect(`https://localhost:${port}`)
    await expect(connection).rejects.toThrow(`localhost:${port} accepts no connection`)
    await expect(connection).rejects.toBeInstanceOf(ConnectError)
    expect(await faultOf(connection)).toBe('refused')
  })

  test('aborted, before and while it is waited for', async () => {
    const signal = AbortSignal.abort()
    expect(await faultOf(connect(server.origin, { signal }))).toBe('aborted')
  })

  test('its server ended', async () => {
    expect(await faultOf(connect(server.origin, { died: Promise.resolve() }))).toBe('died')
  })
})

test('a signal drops the connection, and with it every wait', async () => {
  const controller = new AbortController()
  const client = await connect(server.origin, { signal: controller.signal })
  const exchange = client.get('/none')
  controller.abort()
  await exchange.done
  await client.closed
  expect(exchange.lost).toBe(true)
})

test('a server that is killed harms no client', async () => {
  const other = await project.start('responses.ts')
  const client = await connect(other.origin)
  const exchanges = ['/none', '/goaway', '/echo'].map((path) => client.get(path))
  await other.stop()
  await Promise.all(exchanges.map((exchange) => exchange.done))
  await client.closed
  expect(exchanges.map((exchange) => exchange.lost)).toEqual([true, true, true])
})

test('graceful close lets streams finish', async () => {
  const client = await connect(server.origin)
  const exchange = client.get('/end')
  await exchange.head // a Node server refuses a stream that arrives together with GOAWAY
  client.goaway()
  await client.close()
  expect(exchange).toMatchObject({ ended: true, text: 'partial' })
})
