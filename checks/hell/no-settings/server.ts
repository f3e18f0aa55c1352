import { readFileSync } from 'node:fs'
import { createServer } from 'node:tls'

const key = readFileSync('certs/privkey.pem')
const cert = readFileSync('certs/cert.pem')

createServer({ key, cert, ALPNProtocols: ['h2'] }, (socket) => {
  socket.on('error', () => {})
  socket.resume()
}).listen(Number(process.env.PORT))
