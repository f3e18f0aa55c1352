import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import { answer } from './routes.ts'

const port = Number(process.env.PORT ?? 8080)

const server = createSecureServer({
  key: readFileSync('certs/privkey.pem'),
  cert: readFileSync('certs/cert.pem'),
})

server.on('stream', answer)

server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error
  console.error(`Port ${port} is in use. Stop the other program, or set PORT to another number.`)
  process.exit(1)
})

server.listen(port, () => console.log(`Listening on https://localhost:${port}`))
