import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'

const server = createSecureServer({
  key: readFileSync('certs/privkey.pem'),
  cert: readFileSync('certs/cert.pem'),
})

server.on('stream', (stream) => {
  stream.on('error', () => {})
  stream.respond({ ':status': 200, 'content-type': 'text/plain' })
  const flood = () => {
    while (!stream.destroyed && stream.write(Buffer.alloc(64 * 1024, 'x')));
    stream.once('drain', flood)
  }
  flood()
})

server.listen(Number(process.env.PORT))
