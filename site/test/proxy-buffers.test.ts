/** The page "Behind a proxy": what nginx does to a server that speaks HTTP/1.1, with and without a word to it. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { connect } from '../../checks/support/client/client.ts'
import { isInstalled, nginxHttp1, ProxyProgram } from './proxy-program.ts'
import { PATIENCE_MS } from './proxy-server.ts'

const isThere = isInstalled(nginxHttp1)

/** How long nothing may come before it counts as nothing, in milliseconds. */
const SILENCE_MS = 500

const OFF = 'proxy_buffering off;'
const HTTP_1_1 = 'proxy_http_version 1.1;'
const without = (...lines: string[]) => Object.fromEntries(lines.map((line) => [line, '']))

const EVENT = `data: ${'.'.repeat(56)}\n\n` // 64 bytes

const NOBODY: Record<string, string> = {}

test.runIf(isThere).each([
  { says: 'as the page has it', changes: NOBODY, head: NOBODY },
  { says: 'over HTTP/1.0, with buffering off', changes: without(HTTP_1_1), head: NOBODY },
  {
    says: 'over HTTP/1.0, with x-accel-buffering: no',
    changes: without(HTTP_1_1, OFF),
    head: { 'x-accel-buffering': 'no' },
  },
  { says: 'over HTTP/1.1, where nobody says anything', changes: without(OFF), head: NOBODY },
])('nginx passes each event on by itself: $says', async ({ changes, head }) => {
  await using server = await Http1Server.start(head)
  await using proxy = await ProxyProgram.start(nginxHttp1, { 3000: String(server.port), ...changes })
  await using client = await connect(proxy.origin)
  const events = client.get('/events')
  const stream = await server.stream

  for (let count = 1; count <= 5; count++) {
    stream.write(EVENT)
    expect(await events.until(({ bytes }) => bytes.length === count * EVENT.length, PATIENCE_MS)).toBe(true)
  }
  expect((await events.head).headers).not.toHaveProperty('x-accel-buffering')
})

test.runIf(isThere)('nginx keeps 4 KiB over HTTP/1.0, head and all, and cuts an event in two', async () => {
  await using server = await Http1Server.start({})
  const changes = { 3000: String(server.port), ...without(HTTP_1_1, OFF) }
  await using proxy = await ProxyProgram.start(nginxHttp1, changes)
  await using client = await connect(proxy.origin)
  const events = client.get('/events')
  const stream = await server.stream
  stream.write(EVENT.repeat(55))
  expect(await events.headWithin(SILENCE_MS)).toBeUndefined()
  stream.write(EVENT.repeat(10))
  expect(await events.until(({ bytes }) => bytes.length > 0, PATIENCE_MS)).toBe(true)
  await events.until(() => false, SILENCE_MS)
  expect(events.bytes.length).toBeGreaterThan(55 * EVENT.length)
  expect(events.bytes.length % EVENT.length).not.toBe(0)
})

/** A server as most are: without TLS, and HTTP/1.1. */
class Http1Server implements AsyncDisposable {
  /** The first stream that was asked for. */
  readonly stream: Promise<ServerResponse>
  #server = createServer()

  static async start(head: Record<string, string>): Promise<Http1Server> {
    const server = new Http1Server(head)
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  private constructor(head: Record<string, string>) {
    this.stream = new Promise((resolve) => {
      this.#server.on('request', (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream', ...head }).flushHeaders()
        resolve(response)
      })
    })
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}
