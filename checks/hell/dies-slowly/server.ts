import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'

const server = createSecureServer({
  key: readFileSync('certs/privkey.pem'),
  cert: readFileSync('certs/cert.pem'),
})

server.on('stream', (stream, headers) => {
  stream.session?.destroy()
  setTimeout(() => {
    throw new RangeError(`no route for ${headers[':path']}`)
  }, 20)
})

process.on('exit', () => {
  const end = Date.now() + 400
  while (Date.now() < end);
})

server.listen(Number(process.env.PORT))
