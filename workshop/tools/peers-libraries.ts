/** Libraries that do nothing but send events, and plugins of frameworks. */
import { join } from 'node:path'
import { root } from '../project/paths.ts'
import { type Peer, TIME } from './peer.ts'

const CERTS = JSON.stringify({ key: join(root, 'certs/privkey.pem'), cert: join(root, 'certs/cert.pem') })

export const LIBRARIES: Peer[] = [
  {
    name: 'better-sse over HTTP-2',
    packages: ['better-sse@0.16.1'],
    program: `
      import { readFileSync } from 'node:fs'
      import { createSecureServer } from 'node:http2'
      import { createSession } from 'better-sse'
      const files = ${CERTS}
      const tls = { key: readFileSync(files.key), cert: readFileSync(files.cert) }
      createSecureServer(tls, async (request, response) => {
        const session = await createSession(request, response)
        const timer = setInterval(() => session.push({ now: ${TIME} }, 'tick'), 200)
        request.on('close', () => clearInterval(timer))
      }).listen(process.env.PORT)`,
    scheme: 'https',
    words: ['-k', '--events', '6'],
    faults: [],
    notes: ['no-space', 'named-events'],
  },
  {
    name: '@fastify-sse',
    packages: ['@fastify/sse@0.6.0', 'fastify@5.12.8'],
    program: `
      import { setTimeout as delay } from 'node:timers/promises'
      import fastify from 'fastify'
      import sse from '@fastify/sse'
      const app = fastify()
      await app.register(sse)
      app.get('/sse', { sse: 'only' }, async (request, reply) => {
        await reply.sse.send({ data: 'connected' })
        await reply.sse.send((async function* () {
          for (let id = 1; ; id++) {
            await delay(200)
            yield { id: String(id), event: 'update', data: { now: ${TIME} } }
          }
        })())
      })
      await app.listen({ port: Number(process.env.PORT), host: 'localhost' })`,
    path: '/sse',
    faults: [],
  },
  {
    name: 'sse-pubsub',
    packages: ['sse-pubsub@1.4.5'],
    program: `
      import { createServer } from 'node:http'
      import SSEChannel from 'sse-pubsub'
      const channel = new SSEChannel({ pingInterval: 500 })
      setInterval(() => channel.publish('Hello everyone!', 'myEvent'), 200)
      createServer((request, response) => channel.subscribe(request, response)).listen(process.env.PORT)`,
    faults: [],
    notes: ['shared-cache'],
  },
  {
    name: 'ssestream',
    packages: ['ssestream@1.1.0'],
    program: `
      import { createServer } from 'node:http'
      import ssestream from 'ssestream'
      createServer((request, response) => {
        const sse = new ssestream.default(request)
        sse.pipe(response)
        const timer = setInterval(() => sse.write({ event: 'server-time', data: ${TIME} + '\\nsecond line' }), 200)
        request.on('close', () => clearInterval(timer))
      }).listen(process.env.PORT)`,
    faults: [],
    notes: ['identity-transfer'],
  },
]
