import { readFileSync } from 'node:fs'
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'

const port = Number(process.env.PORT ?? 8080)
const tick = Number(process.env.TICK_MS ?? 1000)

const server = createSecureServer({
  key: readFileSync('certs/privkey.pem'),
  cert: readFileSync('certs/cert.pem'),
})

server.on('request', (request: Http2ServerRequest, response: Http2ServerResponse) => {
  response.on('error', (error: Error) => console.error(`A stream failed: ${error.message}`))

  const path = request.url.split('?')[0]

  if (path === '/') {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('Hello over HTTP/2!\n')
  } else if (path === '/events' && request.method === 'GET') {
    response.setHeader('content-type', 'text/event-stream')
    response.setHeader('cache-control', 'no-cache')
    setInterval(() => response.write(`data: ${new Date().toISOString()}\n\n`), tick)
  } else if (path === '/events') {
    response.writeHead(405, { allow: 'GET' }).end('Only GET opens an event stream\n')
  } else {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n')
  }
})

server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error
  console.error(`Port ${port} is in use. Stop the other program, or set PORT to another number.`)
  process.exit(1)
})

server.listen(port, () => console.log(`Listening on https://localhost:${port}`))
