import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'

const port = Number(process.env.PORT ?? 8080)
const options = { key: readFileSync('certs/privkey.pem'), cert: readFileSync('certs/cert.pem') }

const server = createSecureServer(options, (request, response) => {
  const [path] = request.url.split('?')
  response.statusCode = path === '/' ? 200 : 404
  response.setHeader('Content-Type', 'text/plain')
  response.end(path === '/' ? 'Hello\n' : 'Not found\n')
})

server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(error.message)
  process.exitCode = 1
})

server.listen(port)
