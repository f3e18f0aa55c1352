import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'

const server = createSecureServer({
  key: readFileSync('certs/privkey.pem'),
  cert: readFileSync('certs/cert.pem'),
})

server.on('session', (session) => session.goaway(0, 0))
server.on('stream', (stream) => stream.on('error', () => {}))

server.listen(Number(process.env.PORT))
