import { createServer } from 'node:http2'

createServer((_request, response) => response.end('hello')).listen(Number(process.env.PORT))
