import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'

const port = Number(process.env.PORT ?? 8080)

const server = createServer(
  { key: readFileSync('certs/privkey.pem'), cert: readFileSync('certs/cert.pem') },
  (request, response) => {
    response.writeHead(request.url === '/' ? 200 : 404, { 'content-type': 'text/plain' })
    response.end('Hello\n')
  },
)

server.listen(port, () => console.log(`Listening on https://localhost:${port}`))
