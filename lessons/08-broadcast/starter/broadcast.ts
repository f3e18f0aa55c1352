import type { ServerHttp2Stream } from 'node:http2'
import type { Fields } from './encode.ts'

/** From now on this stream gets what is broadcast, until it closes. */
export function subscribe(stream: ServerHttp2Stream) {
  // TODO 1: Begin with retry, and keep the stream in a set until it closes.
}

/** Sends an event to everyone. It is encoded once, however many they are. */
export function broadcast(event: Fields) {
  // TODO 2: Encode the event, and write it to each stream.
}
