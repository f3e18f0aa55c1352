import type { ServerHttp2Stream } from 'node:http2'
import { encode, type Fields } from './encode.ts'
import { heartbeat } from './heartbeat.ts'
import { append, lastId, since } from './log.ts'

// TODO 1: So many bytes may wait here for a client that does not read them: MAX_BUFFER, or 1 MiB.

/** Each stream has a timer that runs while it is silent. */
const clients = new Map<ServerHttp2Stream, NodeJS.Timeout>()

/** This stream gets what it missed, and from now on what is broadcast, until it closes. */
export function subscribe(stream: ServerHttp2Stream, lastEventId?: string) {
  // TODO 5: Write what was missed block by block. When too much waits, end the stream: the browser comes back for the rest.
  stream.write(encode({ retry: 2000 }) + missed(lastEventId))
  // Nothing was broadcast in between: a function that does not wait is never interrupted.
  const silence = setInterval(() => stream.write(encode({ comment: 'still here' })), heartbeat)
  clients.set(stream, silence)
  stream.on('close', () => {
    clearInterval(silence)
    clients.delete(stream)
  })
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

// TODO 2: A function that writes to a client, or destroys its stream when too much would wait.

// TODO 3: Let it write the events; comments may go the same way. What it is to count is bytes: a string has characters.
function send(block: string) {
  for (const [client, silence] of clients) {
    client.write(block)
    silence.refresh() // the silence begins anew
  }
}
