import { readFileSync } from 'node:fs'
import { createServer } from 'node:tls'

const key = readFileSync('certs/privkey.pem')
const cert = readFileSync('certs/cert.pem')

createServer({ key, cert, ALPNProtocols: ['h2'] }, (socket) => {
  socket.on('error', () => {})
  socket.resume()
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n')
}).listen(Number(process.env.PORT))
