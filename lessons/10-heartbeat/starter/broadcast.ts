import type { ServerHttp2Stream } from 'node:http2'
import { encode, type Fields } from './encode.ts'
import { append, lastId, since } from './log.ts'

const clients = new Set<ServerHttp2Stream>()

/** This stream gets what it missed, and from now on what is broadcast, until it closes. */
export function subscribe(stream: ServerHttp2Stream, lastEventId?: string) {
  stream.write(encode({ retry: 2000 }) + missed(lastEventId))
  // TODO 1: Whenever the stream has been silent for HEARTBEAT_MS, write a comment. An event begins the silence anew.
  // Nothing was broadcast in between: a function that does not wait is never interrupted.
  clients.add(stream)
  stream.on('close', () => clients.delete(stream))
}

function missed(lastEventId?: string): string {
  // No page listens for welcome. It gives the browser an id: whoever leaves now can miss something.
  if (lastEventId === undefined) return encode({ event: 'welcome', id: lastId(), data: '' })
  return since(lastEventId) ?? encode({ event: 'reset', id: lastId(), data: '' })
}

/** Keeps a message, and sends it to everyone. */
export function publish(message: string) {
  send(append(message))
}

/** Sends an event to everyone who is there. */
export function broadcast(event: Fields) {
  send(encode(event))
}

function send(block: string) {
  for (const client of clients) client.write(block)
}
