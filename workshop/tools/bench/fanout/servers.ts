/** What is measured: the server of a folder, and beside it the loop that everyone begins with, and libraries of npm. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installPeers, isPeerInstalled, peersFolder } from '../../peers-install.ts'

export interface Measured {
  name: string
  /** What npm installs for it. */
  packages: string[]
  /**
   * An ES module that listens on `PORT`, serves `/events`, and exports `publish(texts)`, which sends all of the texts to
   * everyone in one turn. It does it the way the library's documentation has it.
   */
  program: string
}

const TLS = `
      import { readFileSync } from 'node:fs'
      import http2 from 'node:http2'
      const tls = { key: readFileSync('certs/privkey.pem', 'utf8'), cert: readFileSync('certs/cert.pem', 'utf8') }`

/** No ids, no log, no heartbeat, no bound: the least that a server can do. One write a client and event. */
export const RAW: Measured = {
  name: 'raw loop',
  packages: [],
  program: `${TLS}
      const streams = new Set()
      http2.createSecureServer(tls).on('stream', (stream) => {
        stream.on('error', () => {}).on('close', () => streams.delete(stream))
        stream.respond({ ':status': 200, 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
        stream.write('retry: 2000\\n\\n')
        streams.add(stream)
      }).listen(process.env.PORT)
      export function publish(texts) {
        for (const text of texts) {
          const bytes = Buffer.from('data: ' + text + '\\n\\n')
          for (const stream of streams) stream.write(bytes)
        }
      }`,
}

const BETTER_SSE = 'better-sse@0.16.1'

const betterSse = (publish: string) => `${TLS}
      import { createChannel, createEventBuffer, createSession } from 'better-sse'
      const channel = createChannel()
      http2.createSecureServer(tls, async (request, response) => {
        channel.register(await createSession(request, response))
      }).listen(process.env.PORT)
      export function publish(texts) { ${publish} }`

/** The libraries that broadcast over Node's HTTP/2. The first is the one that ours is held against. */
export const LIBRARIES: Measured[] = [
  {
    name: 'better-sse',
    packages: [BETTER_SSE],
    program: betterSse('for (const text of texts) channel.broadcast(text)'),
  },
  {
    // It can put many events into one write as well, one client after the other.
    name: 'better-sse batch',
    packages: [BETTER_SSE],
    program: betterSse(`
        const buffer = createEventBuffer()
        for (const text of texts) buffer.push(text)
        for (const session of channel.activeSessions) session.batch(buffer)`),
  },
  {
    name: 'hono',
    packages: ['hono@4.13.19', '@hono/node-server@2.1.9'],
    program: `${TLS}
      import { serve } from '@hono/node-server'
      import { Hono } from 'hono'
      import { streamSSE } from 'hono/streaming'
      const streams = new Set()
      const app = new Hono()
      app.get('/events', (c) => streamSSE(c, async (stream) => {
        c.header('transfer-encoding', undefined) // HTTP/2 has none, and the process would end of it
        streams.add(stream)
        await stream.writeSSE({ data: 'welcome' })
        await new Promise((resolve) => stream.onAbort(resolve))
        streams.delete(stream)
      }))
      const { createSecureServer: createServer } = http2
      serve({ fetch: app.fetch, port: Number(process.env.PORT), createServer, serverOptions: tls })
      export function publish(texts) {
        for (const data of texts) for (const stream of streams) stream.writeSSE({ data })
      }`,
  },
  {
    name: 'h3',
    packages: ['h3@2.0.8'],
    program: `${TLS}
      import { createEventStream, H3, serve } from 'h3'
      const streams = new Set()
      const app = new H3()
      app.get('/events', (event) => {
        const stream = createEventStream(event)
        streams.add(stream)
        stream.onClosed(() => streams.delete(stream))
        stream.push('welcome')
        return stream.send()
      })
      serve(app, { port: Number(process.env.PORT), tls, silent: true })
      export function publish(texts) {
        for (const text of texts) for (const stream of streams) stream.push(text)
      }`,
  },
]

/**
 * A server of the lessons, as it is, with its log, its ids, its heartbeat and its bound. `publish` is its own: what comes
 * in one turn is what one read of a log brings. A POST for each event would measure the requests as well.
 */
export function serverIn(folder: string, name: string): Measured {
  const url = (file: string) => JSON.stringify(pathToFileURL(join(folder, file)).href)
  const program = `
      import ${url('server.ts')}
      import { publish as publishOne } from ${url('broadcast.ts')}
      export function publish(texts) { for (const text of texts) publishOne(text) }`
  return { name, packages: [], program }
}

/** Those that can be run without a network. */
export function installedLibraries(): Measured[] {
  return LIBRARIES.filter(({ packages }) => packages.every(isPeerInstalled))
}

/** Writes the programs to where they find what they import. Returns their files, in the same order. */
export function writePrograms(servers: readonly Measured[]): string[] {
  installPeers(servers.flatMap(({ packages }) => packages))
  return servers.map(({ name, program }) => {
    const file = join(peersFolder, `fanout-${name.replaceAll(/\W+/g, '-')}.mjs`)
    writeFileSync(file, `${program}\n`)
    return file
  })
}
