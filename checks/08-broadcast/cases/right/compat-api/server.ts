import { createReadStream, readFileSync } from 'node:fs'
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import { join } from 'node:path'
import { broadcast, subscribe } from './broadcast.ts'

const options = { key: readFileSync('certs/privkey.pem'), cert: readFileSync('certs/cert.pem'), allowHTTP1: true }
const tick = Number(process.env.TICK_MS ?? 1000)
const types = new Map([
  ['page.html', 'text/html; charset=utf-8'],
  ['page.css', 'text/css'],
  ['page.js', 'text/javascript'],
])
let count = 0

const server = createSecureServer(options, (request, response) => {
  request.on('error', () => {})
  response.on('error', () => {})
  const pathname = request.url?.split('?')[0] ?? ''
  const name = pathname === '/' ? 'page.html' : pathname.slice(1)
  const type = types.get(name)
  if (type) {
    response.writeHead(200, { 'Content-Type': type })
    if (request.method === 'HEAD') response.end()
    else createReadStream(join(import.meta.dirname, name)).pipe(response as unknown as NodeJS.WritableStream)
  } else if (pathname === '/events' && request.method === 'GET') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    subscribe(response)
  } else if (pathname === '/events') {
    response.writeHead(405, { Allow: 'GET' }).end()
  } else if (pathname === '/messages' && request.method === 'POST') {
    receive(request, response)
  } else if (pathname === '/messages') {
    response.writeHead(405, { Allow: 'POST, OPTIONS' }).end()
  } else {
    response.writeHead(404).end('Not found')
  }
})

function receive(request: Http2ServerRequest, response: Http2ServerResponse) {
  const chunks: Buffer[] = []
  let isBroken = false
  request.on('aborted', () => {
    isBroken = true
  })
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (isBroken) return
    broadcast({ id: `message-${++count}`, data: Buffer.concat(chunks).toString() })
    if (!response.stream?.destroyed) response.writeHead(204).end()
  })
}

if (tick > 0) setInterval(() => broadcast({ event: 'tick', data: new Date().toISOString() }), tick)

server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error
  console.error(`Port ${process.env.PORT} is in use`)
  process.exit(1)
})
server.listen(Number(process.env.PORT ?? 8080))
