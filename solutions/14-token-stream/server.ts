import { readFileSync } from 'node:fs'
import { createSecureServer, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import { corsOf, refusalOf, takePlace } from './access.ts'
import { readBody } from './body.ts'
import { broadcast, publish, subscribe } from './broadcast.ts'
import { complete, promptIn } from './completions.ts'
import { watch } from './heartbeat.ts'
import { scripts } from './scripts.ts'
import { endGently } from './shutdown.ts'

const port = Number(process.env.PORT ?? 8080)
const tick = Number(process.env.TICK_MS ?? 1000)

const server = createSecureServer({
  key: readFileSync('certs/privkey.pem'),
  cert: readFileSync('certs/cert.pem'),
})

/** A file that stands beside this one, ready to be sent. */
const file = (name: string, type: string) => ({
  head: { ':status': 200, 'content-type': `${type}; charset=utf-8` },
  body: readFileSync(new URL(name, import.meta.url)),
})

const pages = new Map([
  ['/', file('page.html', 'text/html')],
  ['/page.css', file('page.css', 'text/css')],
  ['/page.js', file('page.js', 'text/javascript')],
  ...scripts,
])

const eventStream = { ':status': 200, 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }
const busy = { ':status': 503, 'retry-after': '5' }

/** What not everyone may ask for. */
const guarded = ['/events', '/messages', '/completions']

server.on('stream', (stream: ServerHttp2Stream, headers) => {
  // A client may leave at any moment. If no one listens for that error, it ends the whole process.
  stream.on('error', (error) => console.error(`A stream failed: ${error.message}`))

  const method = headers[':method']
  const path = headers[':path']?.split('?')[0] ?? '/'
  const page = pages.get(path)

  const cors = guarded.includes(path) ? corsOf(headers) : {}
  const refusal = guarded.includes(path) ? refusalOf(headers) : undefined

  if (refusal) {
    reply(stream, { ...cors, ...refusal }, '')
  } else if (path === '/messages') {
    if (method === 'POST') receive(stream, cors)
    else reply(stream, { ':status': 405, allow: 'POST', ...cors }, 'Only POST is answered here\n')
  } else if (path === '/completions') {
    if (method === 'POST') answer(stream, cors)
    else reply(stream, { ':status': 405, allow: 'POST', ...cors }, 'Only POST is answered here\n')
  } else if (method !== 'GET' && method !== 'HEAD') {
    reply(stream, { ':status': 405, allow: 'GET, HEAD', ...cors }, 'Only GET and HEAD are answered here\n')
  } else if (page) {
    reply(stream, page.head, page.body)
  } else if (path === '/events' && method === 'GET') {
    if (!takePlace(stream)) return reply(stream, { ...busy, ...cors }, 'There are too many streams\n')
    // No end(): the head goes out at once, and the stream stays open for what is to come.
    stream.respond({ ...eventStream, ...cors })
    subscribe(stream, headers['last-event-id']?.toString())
  } else if (path === '/events') {
    // HEAD wants that head alone.
    reply(stream, { ...eventStream, ...cors }, '')
  } else {
    reply(stream, { ':status': 404, 'content-type': 'text/plain; charset=utf-8' }, 'Not found\n')
  }
})

server.on('session', watch)
endGently(server)

// One clock for everyone. 0 turns it off.
if (tick > 0) setInterval(() => broadcast({ event: 'tick', data: new Date().toISOString() }), tick)

/** Sends the body of a request to everyone. A body that breaks off is no message. */
async function receive(stream: ServerHttp2Stream, cors: OutgoingHttpHeaders) {
  const message = await readBody(stream).catch((error) => error)
  if (stream.aborted) return
  if (message instanceof RangeError) {
    reply(stream, { ':status': 413, ...cors }, 'At most 64 KiB\n')
    stream.close() // the rest of the body is not wanted
  } else if (typeof message === 'string') {
    publish(message)
    reply(stream, { ':status': 204, ...cors }, '')
  }
}

/** Answers a prompt with an event stream of its own. */
async function answer(stream: ServerHttp2Stream, cors: OutgoingHttpHeaders) {
  const body = await readBody(stream).catch((error) => error)
  if (stream.aborted) return
  const prompt = typeof body === 'string' ? promptIn(body) : undefined
  if (body instanceof RangeError) {
    reply(stream, { ':status': 413, ...cors }, 'At most 64 KiB\n')
    stream.close() // the rest of the body is not wanted
  } else if (prompt === undefined) {
    reply(stream, { ':status': 400, ...cors }, 'Send JSON with a prompt: {"prompt": "Hello"}\n')
  } else if (!takePlace(stream)) {
    reply(stream, { ...busy, ...cors }, 'There are too many streams\n')
  } else {
    stream.respond({ ...eventStream, ...cors })
    complete(stream, prompt)
  }
}

/** Sends the head, then the body. A HEAD request wants no body: respond() has already ended its stream. */
function reply(stream: ServerHttp2Stream, head: OutgoingHttpHeaders, body: string | Buffer) {
  stream.respond(head)
  if (!stream.writableEnded) stream.end(body)
}

server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error
  console.error(`Port ${port} is in use. Stop the other program, or set PORT to another number.`)
  process.exit(1)
})

server.listen(port, () => console.log(`Listening on https://localhost:${port}`))
