import { readFileSync } from 'node:fs'
import { createSecureServer, type ServerHttp2Stream } from 'node:http2'
import { hello, notFound, onlyGet, openStream } from './answers.ts'

const port = Number(process.env.PORT ?? 8080)

const server = createSecureServer({
  key: readFileSync('certs/privkey.pem'),
  cert: readFileSync('certs/cert.pem'),
})

server.on('stream', (stream: ServerHttp2Stream, headers) => {
  stream.on('error', (error) => console.error(`A stream failed: ${error.message}`))

  const events = headers[':method'] === 'GET' ? openStream : onlyGet
  const routes = new Map([
    ['/', hello],
    ['/events', events],
  ])
  const answer = routes.get(new URL(`https://localhost${headers[':path']}`).pathname) ?? notFound
  answer(stream)
})

server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error
  console.error(`Port ${port} is in use. Stop the other program, or set PORT to another number.`)
  process.exit(1)
})

server.listen(port, () => console.log(`Listening on https://localhost:${port}`))
