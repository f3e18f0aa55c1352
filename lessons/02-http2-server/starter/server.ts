import { readFileSync } from 'node:fs'
import { createSecureServer, type ServerHttp2Stream } from 'node:http2'

const port = Number(process.env.PORT ?? 8080)

const server = createSecureServer({
  key: readFileSync('certs/privkey.pem'),
  cert: readFileSync('certs/cert.pem'),
})

server.on('stream', (stream: ServerHttp2Stream, headers) => {
  // TODO 1: Answer GET / with status 200, content-type text/plain, and a greeting. Answer any other path with 404.
  // TODO 2: Stay up when a client leaves in the middle of an answer.
  // TODO 3: Answer HEAD / too, and stay up: respond() ends its stream, and what is written behind that is an error.
})

// TODO 4: When the port is in use, say which one in one line, and exit with code 1.

server.listen(port, () => console.log(`Listening on https://localhost:${port}`))
