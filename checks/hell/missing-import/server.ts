import { rooms } from './rooms.ts'

import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'

const server = createSecureServer({
  key: readFileSync('certs/privkey.pem'),
  cert: readFileSync('certs/cert.pem'),
})

console.log(rooms)

server.listen(Number(process.env.PORT))
