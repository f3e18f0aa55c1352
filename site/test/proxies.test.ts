/** The page "Behind a proxy": its files are run, before the finished server of lesson 13. */
import { describe, expect, test } from 'vitest'
import { type Client, connect } from '../../checks/support/client/client.ts'
import { EventSourceClient } from '../../checks/support/client/event-source.ts'
import { freePort } from '../../checks/support/server/ports.ts'
import { sendMessage } from '../../checks/support/traffic/messages.ts'
import { createEventReader } from '../../checks/wire/parse.ts'
import { caddy, haproxy, isInstalled, nginx, nginxHttp1, ProxyProgram } from './proxy-program.ts'
import { PATIENCE_MS, serversOf, shows, start } from './proxy-server.ts'

const patient = { timeout: PATIENCE_MS, interval: 50 }

/** A frozen client and all that is on the way to it take less than this: 30 MB. */
const MESSAGE = '.'.repeat(60_000)
const MOST_MESSAGES = 500

describe.each([nginx, haproxy, caddy])('$program', (kind) => {
  const isThere = isInstalled(kind)

  test.runIf(isThere)('passes each event on as it comes, the page, and what is sent', async () => {
    await using server = await start()
    await using proxy = await ProxyProgram.start(kind, serversOf(server, kind))
    await using client = await connect(proxy.origin)
    expect((await client.get('/').head).headers['content-type']).toContain('text/html')
    const events = client.get('/events')
    expect((await events.head).headers['content-type']).toBe('text/event-stream')
    await shows(events, 'event: welcome')
    for (const text of ['one', 'two', 'three', 'four', 'five']) {
      expect((await sendMessage(client, text).head).status).toBe(204)
      await shows(events, `data: ${text}\n\n`) // nothing more is sent before it is there
    }
  })

  test.runIf(isThere)('tells the server that a client has left', async () => {
    await using server = await start({ MAX_STREAMS: '1' })
    await using proxy = await ProxyProgram.start(kind, serversOf(server, kind))
    await using client = await connect(proxy.origin)
    const first = client.get('/events')
    await shows(first, 'event: welcome')
    expect(await statusOf(client)).toBe(503)
    first.reset()
    await expect.poll(() => statusOf(client), patient).toBe(200)
  })

  test.runIf(isThere)('does not read on for a client that does not read', async () => {
    await using server = await start()
    await using proxy = await ProxyProgram.start(kind, serversOf(server, kind))
    await using frozen = await connect(proxy.origin)
    const events = frozen.get('/events')
    await shows(events, 'event: welcome')
    events.pause()
    await using client = await connect(server.origin)
    let count = 0
    for (let waiting: number | undefined = 0; waiting !== undefined && count < MOST_MESSAGES; count++) {
      expect(waiting).toBeLessThanOrEqual(2 ** 20) // MAX_BUFFER
      expect((await sendMessage(client, MESSAGE).head).status).toBe(204)
      waiting = (await server.waiting())[0]?.bytes
    }
    expect(count).toBeLessThan(MOST_MESSAGES)
    events.resume()
    await expect.poll(() => events.over, patient).toBe(true)
    expect(events.bytes.length).toBeLessThan(count * MESSAGE.length)
  })

  test.runIf(isThere)('is of an origin that the server has to know', async () => {
    await using server = await start()
    await using proxy = await ProxyProgram.start(kind, serversOf(server, kind))
    const passesNameOn = kind !== nginx
    expect(await send(proxy, proxy.origin)).toBe(passesNameOn ? 204 : 403)
    expect(await send(proxy, 'https://elsewhere.example')).toBe(403)
    await using knowing = await start({ ALLOWED_ORIGINS: proxy.origin })
    await using second = await ProxyProgram.start(kind, serversOf(knowing, kind))
    expect(await send(second, proxy.origin)).toBe(204)
    expect(await send(second, 'https://elsewhere.example')).toBe(403)
  })

  test.runIf(isThere)('a restart costs no client its stream', async () => {
    const spare = await freePort()
    await using server = await start()
    await using proxy = await ProxyProgram.start(kind, serversOf(server, kind, spare))
    const statuses: number[] = []
    const types: string[] = []
    const over = new AbortController()
    const living = live(proxy.origin, over.signal, statuses, types)
    await expect.poll(() => types, patient).toContain('welcome')
    // Where the proxy knows a second address, the new server is there before the old one goes.
    const early = kind === nginx ? await start({}, spare) : undefined
    server.signal('SIGTERM')
    await server.exited
    const next = early ?? (await start({}, server.port))
    try {
      await expect.poll(() => types, patient).toContain('reset')
      expect(statuses).toEqual([200, 200])
    } finally {
      over.abort()
      await living
      await next.stop()
    }
  })
})

test.runIf(isInstalled(nginx))(
  'with no server behind it, nginx gives an answer that ends an EventSource',
  async () => {
    const [one, other] = [String(await freePort()), String(await freePort())]
    await using proxy = await ProxyProgram.start(nginx, { 8080: one, 8081: other })
    await using client = await connect(proxy.origin)
    expect(await statusOf(client)).toBe(502)
  },
)

test.runIf(isInstalled(nginxHttp1))(
  'proxy_pass asks in HTTP/1.1, which our server does not speak',
  async () => {
    await using server = await start()
    const upstream = { 'http://127.0.0.1:3000': `https://127.0.0.1:${server.port}` }
    await using proxy = await ProxyProgram.start(nginxHttp1, upstream)
    await using client = await connect(proxy.origin)
    expect(await statusOf(client)).toBe(403)
  },
)

/** Asks for a stream, and leaves at once. */
async function statusOf(client: Client): Promise<number> {
  const exchange = client.get('/events')
  const { status } = await exchange.head
  exchange.reset()
  return status
}

/** Sends a message as a page of an origin does. */
async function send(proxy: ProxyProgram, origin: string): Promise<number> {
  await using client = await connect(proxy.origin)
  return (await client.request({ ':method': 'POST', ':path': '/messages', origin }, 'hello').head).status
}

/** A client that comes back, as long as it is answered with a stream. It waits for a tenth of the time it is asked to. */
async function live(origin: string, signal: AbortSignal, statuses: number[], types: string[]): Promise<void> {
  const source = new EventSourceClient(origin, '/events')
  for await (const { exchange, head, lastEventId } of source.connections(signal)) {
    statuses.push(head.status)
    const reader = createEventReader(lastEventId)
    exchange.eachChunk(({ bytes }) => {
      types.push(...reader.feed(bytes).events.map(({ type }) => type))
    })
    await exchange.done
    source.reconnectionTime /= 10
  }
}
