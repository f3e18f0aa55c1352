import type { ServerHttp2Stream } from 'node:http2'
import { encode, type Fields } from './encode.ts'
import { heartbeat } from './heartbeat.ts'
import type { Audience, Log } from './log.ts'
import { memoryLog } from './memory-log.ts'

const size = Number(process.env.LOG_SIZE ?? 1000)
const url = process.env.REDIS_URL

/** How many bytes may wait here for a client that does not read them. */
const maxBuffer = Number(process.env.MAX_BUFFER ?? 2 ** 20)

/** What a stream gets when it has been silent. */
const comment = Buffer.from(encode({ comment: 'still here' }))

/** Each stream has a timer that runs while it is silent. */
const clients = new Map<ServerHttp2Stream, NodeJS.Timeout>()

const audience: Audience = {
  deliver: (blocks) => blocks.forEach(send), // TODO 6: Make one write a client of it, however many they are.
  reset: () => broadcast(reset()),
}
const log = url ? await shared(url) : memoryLog(size, audience)

/** Who has no Redis loads nothing of it. */
async function shared(url: string): Promise<Log> {
  const { redisLog } = await import('./redis-log.ts')
  return redisLog(url, size, audience)
}

/** This stream gets what it missed, and from now on what is broadcast, until it closes. */
export async function subscribe(stream: ServerHttp2Stream, lastEventId?: string) {
  stream.write(encode({ retry: 2000 }))
  if (lastEventId !== undefined) await log.reach(lastEventId)
  if (stream.destroyed) return // the client has left meanwhile
  for (const block of missed(lastEventId)) {
    stream.write(Buffer.from(block))
    // The rest would be too much at once: the browser comes back for it.
    if (stream.writableLength > maxBuffer) return stream.end()
  }
  // Nothing was broadcast in between: from missed() on, this function does not wait.
  const silence = setInterval(() => write(stream, comment), heartbeat)
  clients.set(stream, silence)
  stream.on('close', () => {
    clearInterval(silence)
    clients.delete(stream)
  })
}

function missed(lastEventId?: string): string[] {
  // No page listens for welcome. It gives the browser an id: whoever leaves now can miss something.
  if (lastEventId === undefined) return [encode({ event: 'welcome', id: log.lastId(), data: '' })]
  return log.since(lastEventId) ?? [encode(reset())]
}

function reset(): Fields {
  return { event: 'reset', id: log.lastId(), data: '' }
}

/** Keeps a message, which is then sent to everyone. Rejects when it can't be kept. */
export function publish(message: string): Promise<void> {
  return log.append(message)
}

/** Sends an event to everyone who is there. */
export function broadcast(event: Fields) {
  send(encode(event))
}

/** Ends each stream. They are not all to come back in the same moment. */
export function dismiss() {
  for (const [client, silence] of clients) {
    clearInterval(silence)
    client.end(encode({ retry: Math.round(1000 + 2000 * Math.random()) }))
  }
  clients.clear()
}

function send(block: string) {
  const bytes = Buffer.from(block) // one for all of them
  for (const [client, silence] of clients) {
    write(client, bytes)
    silence.refresh() // the silence begins anew
  }
}

/** Writes to a client. One for whom too much would wait has to come back, with its last id. */
function write(client: ServerHttp2Stream, bytes: Buffer) {
  const waiting = client.writableLength
  // Who has read all that there was gets a message of any size.
  if (waiting > 0 && waiting + bytes.length > maxBuffer) client.destroy()
  else client.write(bytes)
}
