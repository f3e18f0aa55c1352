import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { constants, createSecureServer, type ServerHttp2Stream } from 'node:http2'
import { type AddressInfo, connect as open } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { connect } from '../client/client.ts'
import { Project } from '../fixtures/project.ts'
import { freePort, isFree } from '../server/ports.ts'
import { DemoProxy } from './proxy.ts'

const project = new Project()
const { root } = project
afterAll(() => project[Symbol.dispose]())

const patient = { timeout: 20_000, interval: 10 }

/** A server whose streams are written by the test. */
async function upstream(greeting: string) {
  const read = (name: string) => readFileSync(join(root, 'certs', name))
  const server = createSecureServer({ key: read('privkey.pem'), cert: read('cert.pem') })
  const streams: ServerHttp2Stream[] = []
  server.on('session', (session) => session.on('error', () => {}))
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    stream.on('error', () => {})
    if (headers[':path'] === '/echo') {
      stream.respond({ ':status': 200, 'content-type': 'text/plain' })
      stream.pipe(stream)
      return
    }
    if (headers[':path'] === '/origin') {
      stream.respond({ ':status': 204, 'x-origin': headers.origin })
      return
    }
    if (headers[':path'] === '/no-answer') {
      stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM)
      return
    }
    if (headers[':path'] === '/too-large') {
      stream.respond({ ':status': 413 })
      stream.end('too large')
      return
    }
    const lastId = headers['last-event-id']
    stream.respond({
      ':status': 200,
      'content-type': 'text/event-stream',
      ...(lastId && { 'x-last': lastId }),
    })
    stream.write(greeting)
    streams.push(stream)
  })
  server.listen(0)
  await once(server, 'listening')
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`
  return { origin, streams, [Symbol.dispose]: () => server.close() }
}

test('a page that came through it is of the same origin to the server, and any other is not', async () => {
  using server = await upstream('')
  const port = await freePort()
  await using _proxy = await DemoProxy.start(root, port, server.origin)
  await using client = await connect(`https://localhost:${port}`)
  const asSeen = async (origin: string) => (await client.get('/origin', { origin }).head).headers['x-origin']
  expect(await asSeen(`https://localhost:${port}`)).toBe(server.origin)
  expect(await asSeen('https://app.example')).toBe('https://app.example')
})

test('passes heads, bodies and bytes on, and keeps account of event streams', async () => {
  using server = await upstream('id: 7\ndata: é\n\n')
  const port = await freePort()
  await using proxy = await DemoProxy.start(root, port, server.origin)
  await using client = await connect(`https://localhost:${port}`)
  const echo = client.request({ ':method': 'POST', ':path': '/echo' }, ['one ', 'two'])
  await echo.done
  expect(echo.text).toBe('one two')
  expect(proxy.connections.size).toBe(0)

  const events = client.get('/events', { 'last-event-id': '3', 'user-agent': 'curl/8' })
  expect((await events.head).headers).toMatchObject({ 'content-type': 'text/event-stream', 'x-last': '3' })
  await events.until(({ text }) => text === 'id: 7\ndata: é\n\n', 10_000)
  expect([...proxy.connections]).toMatchObject([{ session: 1, stream: 3, agent: 'curl/8', lastEventId: '7' }])
  expect([...proxy.connections][0]?.bytes).toBe(16)
  events.reset()
  await expect.poll(() => proxy.connections.size, patient).toBe(0)
  await expect.poll(() => server.streams[0]?.destroyed, patient).toBe(true) // the server learns that its client left
})

test('an answer that comes before the end of the body gets through', async () => {
  using server = await upstream('')
  const port = await freePort()
  await using _proxy = await DemoProxy.start(root, port, server.origin)
  await using client = await connect(`https://localhost:${port}`)
  const body = Array.from({ length: 100 }, () => Buffer.alloc(16 * 1024))
  const exchange = client.request({ ':method': 'POST', ':path': '/too-large' }, body)
  expect((await exchange.head).status).toBe(413)
  await exchange.done
  expect(exchange.text).toBe('too large')
  expect((await client.request({ ':method': 'HEAD', ':path': '/echo' }).head).status).toBe(200)
})

test('a stream that is reset without an answer is reset for the client too', async () => {
  using server = await upstream('')
  const port = await freePort()
  await using _proxy = await DemoProxy.start(root, port, server.origin)
  await using client = await connect(`https://localhost:${port}`)
  const exchange = client.get('/no-answer')
  await exchange.done
  expect(exchange).toMatchObject({ ended: false, resetCode: constants.NGHTTP2_ENHANCE_YOUR_CALM })
})

test('closes although a client has not begun its handshake', async () => {
  using server = await upstream('')
  const port = await freePort()
  const proxy = await DemoProxy.start(root, port, server.origin)
  const socket = open(port, 'localhost')
  await once(socket, 'connect')
  await proxy[Symbol.asyncDispose]()
  expect(await isFree(port)).toBe(true)
})

test('kill breaks every connection, and a client that comes back is served', async () => {
  using server = await upstream('data: hello\n\n')
  const port = await freePort()
  await using proxy = await DemoProxy.start(root, port, server.origin)
  await using first = await connect(`https://localhost:${port}`)
  const before = first.get('/events')
  await before.until(({ chunks }) => chunks.length > 0, 10_000)
  proxy.kill()
  await first.closed
  expect(before.ended).toBe(false)
  await using second = await connect(`https://localhost:${port}`)
  const after = second.get('/events')
  expect(await after.until(({ chunks }) => chunks.length > 0, 10_000)).toBe(true)
  expect([...proxy.connections].map(({ session }) => session)).toEqual([2])
})

test('turns to another server on the same port', async () => {
  using one = await upstream('data: one\n\n')
  using two = await upstream('data: two\n\n')
  const port = await freePort()
  await using proxy = await DemoProxy.start(root, port, one.origin)
  await using first = await connect(`https://localhost:${port}`)
  await first.get('/events').until(({ text }) => text.includes('one'), 10_000)
  proxy.retarget(two.origin)
  await first.closed
  await using second = await connect(`https://localhost:${port}`)
  expect(await second.get('/events').until(({ text }) => text.includes('two'), 10_000)).toBe(true)
})

test('a slow network splits what it passes, and loses nothing', async () => {
  using server = await upstream('data: a b c d e f g\n\n')
  const port = await freePort()
  await using proxy = await DemoProxy.start(root, port, server.origin)
  proxy.isSlow = true
  await using client = await connect(`https://localhost:${port}`)
  const events = client.get('/events')
  await events.until(({ text }) => text.endsWith('\n\n'), 10_000)
  expect(events.text).toBe('data: a b c d e f g\n\n')
  expect(events.chunks.length).toBeGreaterThan(1)
})

test('a server that is gone breaks the connection of its client', async () => {
  using server = await upstream('data: hello\n\n')
  const port = await freePort()
  await using proxy = await DemoProxy.start(root, port, server.origin)
  await using client = await connect(`https://localhost:${port}`)
  await client.get('/events').until(({ chunks }) => chunks.length > 0, 10_000)
  server.streams[0]?.session?.destroy()
  await client.closed
  expect(proxy.connections.size).toBe(0)
})

test('the last words of a server that takes its leave are handed on, also where they take their time', async () => {
  using one = await upstream('data: hello\n\n')
  using two = await upstream('data: two\n\n')
  const port = await freePort()
  await using proxy = await DemoProxy.start(root, port, one.origin)
  await using client = await connect(`https://localhost:${port}`)
  const events = client.get('/events')
  await events.until(({ chunks }) => chunks.length > 0, 10_000)
  proxy.moveTo(two.origin)
  proxy.isSlow = true
  const [stream] = one.streams
  const { session } = stream ?? {}
  stream?.end('data: goodbye\n\n')
  session?.close()
  await client.closed
  expect(events).toMatchObject({ text: 'data: hello\n\ndata: goodbye\n\n', ended: true })
  await using second = await connect(`https://localhost:${port}`)
  expect(await second.get('/events').until(({ text }) => text.includes('two'), 10_000)).toBe(true)
})
