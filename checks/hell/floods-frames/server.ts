import { readFileSync } from 'node:fs'
import { createServer } from 'node:tls'

const key = readFileSync('certs/privkey.pem')
const cert = readFileSync('certs/cert.pem')

const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])
const ping = Buffer.from([0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8])
const many = Buffer.concat(Array.from({ length: 1000 }, () => ping))

createServer({ key, cert, ALPNProtocols: ['h2'] }, (socket) => {
  socket.on('error', () => {})
  socket.resume()
  socket.write(settings)
  const flood = setInterval(() => socket.writableNeedDrain || socket.write(many), 1)
  socket.on('close', () => clearInterval(flood))
}).listen(Number(process.env.PORT))
