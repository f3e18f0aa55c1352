import type { Http2ServerResponse } from 'node:http2'
import { encode, type Fields } from './encode.ts'

let clients: Http2ServerResponse[] = []

export function subscribe(response: Http2ServerResponse) {
  response.write(encode({ retry: 2000 }))
  clients.push(response)
  response.on('close', () => {
    clients = clients.filter((client) => client !== response)
  })
}

export function broadcast(event: Fields) {
  const block = encode(event)
  for (const client of clients) client.write(block)
}
