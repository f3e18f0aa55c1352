import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'

const server = createSecureServer({
  key: readFileSync('certs/privkey.pem'),
  cert: readFileSync('certs/cert.pem'),
})

server.on('stream', (stream) => {
  stream.on('error', () => {})
  stream.close(2)
})

server.listen(Number(process.env.PORT))
