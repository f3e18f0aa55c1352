import type { ServerHttp2Stream } from 'node:http2'
import { encode, type Fields } from './encode.ts'

const clients = new Set<ServerHttp2Stream>()

/** From now on this stream gets what is broadcast, until it closes. */
export function subscribe(stream: ServerHttp2Stream) {
  // TODO 4: Then send what a client with a last event ID missed, or reset where nobody knows; any other client its first id.
  stream.write(encode({ retry: 2000 }))
  clients.add(stream)
  stream.on('close', () => clients.delete(stream))
}

/** Sends an event to everyone. It is encoded once, however many they are. */
export function broadcast(event: Fields) {
  const block = encode(event)
  for (const client of clients) client.write(block)
}
