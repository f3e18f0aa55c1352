import { createReadStream, readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import { join } from 'node:path'

const options = { key: readFileSync('certs/privkey.pem'), cert: readFileSync('certs/cert.pem'), allowHTTP1: true }
const types = new Map([
  ['page.html', 'Text/HTML;charset="UTF-8"'],
  ['page.css', 'text/css'],
  ['page.js', 'application/javascript; charset=utf-8'],
])

const server = createSecureServer(options, (request, response) => {
  request.on('error', () => {})
  response.on('error', () => {})
  const pathname = request.url?.split('?')[0] ?? ''
  const name = pathname === '/' ? 'page.html' : pathname.slice(1)
  const type = types.get(name)
  if (type) {
    response.writeHead(200, { 'Content-Type': type, 'X-Powered-By': 'Node' })
    if (request.method === 'HEAD') response.end()
    else createReadStream(join(import.meta.dirname, name)).pipe(response as unknown as NodeJS.WritableStream)
  } else if (pathname === '/events' && request.method === 'GET') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=UTF-8', 'Cache-Control': 'no-store' })
    response.flushHeaders()
    const timer = setInterval(() => response.write(`data:${new Date().toISOString()}\r\n\r\n`), Number(process.env.TICK_MS ?? 1000))
    response.on('close', () => clearInterval(timer))
  } else if (pathname === '/events') {
    response.writeHead(405, { Allow: 'GET' }).end()
  } else {
    response.writeHead(404).end('Not found')
  }
})

server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error
  console.error(`Port ${process.env.PORT} is in use`)
  process.exit(1)
})
server.listen(Number(process.env.PORT ?? 8080))
