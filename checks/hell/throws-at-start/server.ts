import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'

const server = createSecureServer({
  key: readFileSync('certs/privkey.pem'),
  cert: readFileSync('certs/cert.pem'),
})

const settings: { name?: string } = {}
console.log((settings.name as string).length)

server.listen(Number(process.env.PORT))
