/** What the browser's own EventSource makes of some bytes. */
import { once } from 'node:events'
import { createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { generate } from 'selfsigned'

export interface Heard {
  events: { type: string; data: string; lastEventId: string }[]
  /** The `Last-Event-ID` that it came back with. */
  lastEventId: string
  /** How long it waited before it came back, in milliseconds. */
  waited: number
}

interface Visit {
  at: number
  lastEventId: string
}

/**
 * Sends each stream to an EventSource of its own and ends it, lets it come back, and tells what it heard. All at the
 * same time, which takes HTTP/2: over HTTP/1.1 the seventh would wait.
 *
 * @param types the types of events to listen for
 */
export async function hear(
  browser: Browser,
  streams: readonly Uint8Array[],
  types: readonly string[],
): Promise<Heard[]> {
  const { server, visits, ended } = await serveStreams(streams)
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  try {
    const page = await context.newPage()
    await page.goto(`https://localhost:${(server.address() as AddressInfo).port}/`)
    const events = await page.evaluate(listen, { count: streams.length, types })
    return events.map((heard, index) => {
      const back = visits[index]?.[1]
      return {
        events: heard,
        lastEventId: back?.lastEventId ?? '?',
        waited: (back?.at ?? 0) - (ended[index] ?? 0),
      }
    })
  } finally {
    await context.close()
    server.close()
  }
}

/** Runs in the page: an EventSource for each stream, until each has come back once. */
function listen({ count, types }: { count: number; types: readonly string[] }): Promise<Heard['events'][]> {
  const one = (index: number) =>
    new Promise<Heard['events']>((resolve) => {
      const heard: Heard['events'] = []
      const source = new EventSource(`/stream/${index}`)
      let broke = false
      for (const type of types) {
        source.addEventListener(type, (event) => {
          const { data, lastEventId } = event as MessageEvent
          // `open` and `error` are also names that a stream may use.
          if (event instanceof MessageEvent && !broke) heard.push({ type, data, lastEventId })
        })
      }
      source.addEventListener('error', () => {
        broke = true
      })
      source.addEventListener('open', (event) => {
        if (event instanceof MessageEvent || !broke) return
        source.close()
        resolve(heard)
      })
    })
  return Promise.all(Array.from({ length: count }, (_, index) => one(index)))
}

async function serveStreams(streams: readonly Uint8Array[]) {
  const visits: Visit[][] = streams.map(() => [])
  const ended: number[] = []
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
  })
  const server: Http2SecureServer = createSecureServer({ key, cert })
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    stream.on('error', () => {})
    const [, digits] = /^\/stream\/(\d+)$/.exec(headers[':path'] ?? '') ?? []
    if (digits === undefined) {
      stream.respond({ ':status': 200, 'content-type': 'text/html' })
      stream.end('<!doctype html><link rel="icon" href="data:,">')
      return
    }
    const index = Number(digits)
    // Node reads a header as Latin-1; a browser writes this one as UTF-8.
    const lastEventId = Buffer.from(String(headers['last-event-id'] ?? ''), 'latin1').toString('utf8')
    visits[index]?.push({ at: performance.now(), lastEventId })
    stream.respond({ ':status': 200, 'content-type': 'text/event-stream' })
    if (visits[index]?.length !== 1) return
    ended[index] = performance.now() // before it: on a busy machine the end would be noted when the wait has begun
    stream.end(streams[index])
  })
  server.listen(0)
  await once(server, 'listening')
  return { server, visits, ended }
}
