import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'

const server = createSecureServer({
  key: readFileSync('certs/privkey.pem'),
  cert: readFileSync('certs/cert.pem'),
})

server.on('stream', (_stream, headers) => {
  throw new RangeError(`no route for ${headers[':path']}`)
})

server.listen(Number(process.env.PORT))
