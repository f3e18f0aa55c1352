/** Servers that npm installs. */
import { type Peer, TIME } from './peer.ts'
import { LIBRARIES } from './peers-libraries.ts'
import { MODELS } from './peers-models.ts'

export const PEERS: Peer[] = [
  {
    name: 'better-sse',
    packages: ['better-sse@0.16.1'],
    program: `
      import { createServer } from 'node:http'
      import { createSession } from 'better-sse'
      createServer(async (request, response) => {
        const session = await createSession(request, response)
        const timer = setInterval(() => session.push({ now: ${TIME} }, 'tick'), 200)
        request.on('close', () => clearInterval(timer))
      }).listen(process.env.PORT)`,
    faults: [],
    notes: ['no-space', 'named-events'],
  },
  {
    name: 'hono',
    packages: ['hono@4.13.19', '@hono/node-server@2.1.9'],
    program: `
      import { serve } from '@hono/node-server'
      import { Hono } from 'hono'
      import { streamSSE } from 'hono/streaming'
      const app = new Hono()
      app.get('/sse', (c) => streamSSE(c, async (stream) => {
        for (let id = 0; !stream.aborted; id++) {
          await stream.writeSSE({ data: ${TIME}, event: 'time', id: String(id) })
          await stream.sleep(200)
        }
      }))
      serve({ fetch: app.fetch, port: Number(process.env.PORT) })`,
    path: '/sse',
    words: ['--again'],
    faults: ['starts-over'],
  },
  {
    name: 'h3',
    packages: ['h3@2.0.8'],
    program: `
      import { createEventStream, H3, serve } from 'h3'
      const app = new H3()
      app.get('/sse', (event) => {
        const stream = createEventStream(event)
        const timer = setInterval(() => stream.push(${TIME}), 700)
        stream.onClosed(() => clearInterval(timer))
        return stream.send()
      })
      serve(app, { port: Number(process.env.PORT) })`,
    path: '/sse',
    words: ['--events', '3'],
    faults: [],
    notes: ['head-held'],
  },
  {
    name: 'express with compression',
    packages: ['compression@1.8.2', 'express@5.3.0'],
    program: `
      import compression from 'compression'
      import express from 'express'
      express().use(compression()).get('/sse', (request, response) => {
        response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
        const timer = setInterval(() => response.write('data: ' + ${TIME} + '\\n\\n'), 200)
        request.on('close', () => clearInterval(timer))
      }).listen(process.env.PORT)`,
    path: '/sse',
    words: ['--for', '3s'],
    faults: ['no-head'],
  },
  {
    name: 'express',
    packages: ['express@5.3.0'],
    program: `
      import express from 'express'
      express().get('/sse', (request, response) => {
        response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
        response.flushHeaders()
        const timer = setInterval(() => response.write('data: ' + ${TIME} + '\\n\\n'), 200)
        request.on('close', () => clearInterval(timer))
      }).listen(process.env.PORT)`,
    path: '/sse',
    faults: [],
  },
  {
    name: 'graphql-sse',
    packages: ['graphql-sse@2.6.1', 'graphql@16.11.0'],
    program: `
      import { createServer } from 'node:http'
      import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
      import { createHandler } from 'graphql-sse/lib/use/http'
      const schema = new GraphQLSchema({
        query: new GraphQLObjectType({ name: 'Query', fields: { hello: { type: GraphQLString } } }),
        subscription: new GraphQLObjectType({
          name: 'Subscription',
          fields: {
            greetings: {
              type: GraphQLString,
              async *subscribe() { for (const hi of ['Hi', 'Bonjour', 'Hola']) yield { greetings: hi } },
            },
          },
        }),
      })
      createServer(createHandler({ schema })).listen(process.env.PORT)`,
    path: '/graphql/stream',
    words: ['-H', 'content-type: application/json', '-d', '{"query":"subscription { greetings }"}'],
    faults: [],
    notes: ['encoding-none', 'empty-data'],
  },
  {
    name: 'express-sse',
    packages: ['express-sse@1.0.0', 'express@5.3.0'],
    program: `
      import express from 'express'
      import SSE from 'express-sse'
      const sse = new SSE(['hello'])
      express().get('/sse', sse.init).listen(process.env.PORT)
      setInterval(() => sse.send({ now: ${TIME} }, 'tick'), 200)`,
    path: '/sse',
    faults: [],
  },
  {
    name: 'sse-channel',
    packages: ['sse-channel@4.0.2'],
    program: `
      import { createServer } from 'node:http'
      import SseChannel from 'sse-channel'
      const channel = new SseChannel({ historySize: 50, retryTimeout: 2000, pingInterval: 1000 })
      let id = 200
      setInterval(() => channel.send({ id: ++id, data: ${TIME} }), 200)
      createServer((request, response) => channel.addClient(request, response)).listen(process.env.PORT)`,
    words: ['--events', '6', '--again'],
    faults: [],
  },
  {
    name: 'fastify-sse-v2',
    packages: ['fastify-sse-v2@4.2.2', 'fastify@5.12.8'],
    program: `
      import { setTimeout as delay } from 'node:timers/promises'
      import fastify from 'fastify'
      import { FastifySSEPlugin } from 'fastify-sse-v2'
      const app = fastify()
      await app.register(FastifySSEPlugin)
      app.get('/sse', (request, reply) => reply.sse((async function* () {
        for (let id = 0; ; id++) {
          await delay(200)
          yield { id: String(id), data: ${TIME} }
        }
      })()))
      await app.listen({ port: Number(process.env.PORT), host: 'localhost' })`,
    path: '/sse',
    words: ['--events', '4', '--again'],
    faults: ['starts-over'],
  },
  ...LIBRARIES,
  ...MODELS,
]
