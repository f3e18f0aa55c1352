import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'

const identity = { key: readFileSync('certs/privkey.pem'), cert: readFileSync('certs/cert.pem') }

createServer(identity, (_request, response) => response.end('hello')).listen(Number(process.env.PORT))
