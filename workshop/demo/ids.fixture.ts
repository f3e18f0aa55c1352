/**
 * A server whose events have ids, and which first sends a client what it missed: what later lessons teach, in short.
 * A test of the demo puts it in the place of a solution.
 */
import { readFileSync } from 'node:fs'
import { createSecureServer, type ServerHttp2Stream } from 'node:http2'

const streams = new Set<ServerHttp2Stream>()
let last = 0

const send = (stream: ServerHttp2Stream, id: number) => stream.write(`id: ${id}\ndata: ${id}\n\n`)

setInterval(() => {
  last++
  for (const stream of streams) send(stream, last)
}, 20)

const server = createSecureServer({
  key: readFileSync('certs/privkey.pem'),
  cert: readFileSync('certs/cert.pem'),
})

server.on('stream', (stream: ServerHttp2Stream, headers) => {
  stream.on('error', () => {})
  if (headers[':path'] !== '/events') {
    stream.respond({ ':status': 200, 'content-type': 'text/html' })
    stream.end('<title>Events with ids</title>')
    return
  }
  stream.respond({ ':status': 200, 'content-type': 'text/event-stream' })
  stream.write('retry: 100\n\n')
  const seen = Number(headers['last-event-id'] ?? last)
  for (let id = seen + 1; id <= last; id++) send(stream, id)
  streams.add(stream)
  stream.on('close', () => streams.delete(stream))
})

server.listen(Number(process.env.PORT))
