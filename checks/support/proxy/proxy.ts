/**
 * An HTTP/2 proxy before the server of a demo. It keeps the port while servers come and go behind it, sees every
 * connection, and can break and slow them as a bad network does. What passes is not changed.
 */

import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import {
  type ClientHttp2Session,
  connect,
  createSecureServer,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { createEventReader } from '../../wire/parse.ts'

/** An event stream that is open. */
export interface Connection {
  /** Which HTTP/2 session it belongs to, counted from 1. */
  session: number
  /** The HTTP/2 stream's number: odd, since a client opened it (RFC 9113 § 5.1.1). */
  stream: number
  /** The client's `user-agent`. */
  agent: string
  /** When it was opened, in milliseconds since 1970. */
  since: number
  bytes: number
  /** What the client would send as `Last-Event-ID` if it broke now; empty when there is none. */
  lastEventId: string
}

/** A slow network passes this many bytes each time, and then waits this many milliseconds. */
const SLOW_BYTES = 6
const SLOW_MS = 100

export class DemoProxy implements AsyncDisposable {
  readonly connections = new Set<Connection>()
  /** Whether bytes trickle: slow enough to read along. */
  isSlow = false
  #server: Http2SecureServer
  /** Also those whose TLS handshake is not over: they have no session yet. */
  #sockets = new Set<Socket>()
  #sessions = new Map<ServerHttp2Session, { number: number; upstream?: ClientHttp2Session }>()
  #count = 0
  #target: string

  private constructor(server: Http2SecureServer, target: string) {
    this.#server = server
    this.#target = target
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    server.on('session', (session) => this.#open(session))
    server.on('stream', (stream: ServerHttp2Stream, headers) => this.#pass(stream, headers))
  }

  /**
   * Listens on `port` and passes everything to the server at `target`.
   *
   * @param root the project's folder, with the certificate
   */
  static async start(root: string, port: number, target: string): Promise<DemoProxy> {
    const read = (name: string) => readFile(join(root, 'certs', name))
    const server = createSecureServer({ key: await read('privkey.pem'), cert: await read('cert.pem') })
    const proxy = new DemoProxy(server, target)
    server.listen(port)
    await once(server, 'listening')
    return proxy
  }

  /** From now on passes everything to another server. Open connections break, and their clients come back. */
  retarget(target: string): void {
    this.#target = target
    this.kill()
  }

  /** Breaks every connection, without a word, as a lost network does. */
  kill(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.kill()
    await closed
  }

  #open(session: ServerHttp2Session): void {
    const entry: { number: number; upstream?: ClientHttp2Session } = { number: ++this.#count }
    this.#sessions.set(session, entry)
    session.on('error', () => {})
    session.on('close', () => {
      entry.upstream?.destroy()
      this.#sessions.delete(session)
    })
  }

  /** Each session of a client has one of its own to the server, so that one breaks with the other. */
  #upstream(session: ServerHttp2Session): ClientHttp2Session | undefined {
    const entry = this.#sessions.get(session)
    if (!entry) return undefined
    if (!entry.upstream) {
      const upstream = connect(this.#target, { rejectUnauthorized: false })
      upstream.on('error', () => {})
      upstream.on('close', () => session.destroy())
      entry.upstream = upstream
    }
    return entry.upstream
  }

  #pass(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    stream.on('error', () => {})
    const { session } = stream
    const upstream = session && this.#upstream(session as ServerHttp2Session)
    if (!upstream || upstream.destroyed) {
      stream.close()
      return
    }
    const { ':authority': _, host: __, ...rest } = headers
    const asked = upstream.request(rest)
    pipeline(stream, asked, () => {})
    asked.on('response', (answer) => {
      if (stream.destroyed) return asked.close()
      stream.respond(answer)
      // A HEAD request wants no body: respond() has ended its stream.
      if (stream.writableEnded) return
      const connection = this.#note(stream, headers, answer)
      pipeline(
        asked,
        (bytes) => this.#trickle(bytes, connection),
        stream,
        () => {
          if (connection) this.connections.delete(connection)
        },
      )
    })
    asked.on('error', () => {})
    stream.on('close', () => asked.close())
  }

  /** Keeps account of an event stream; of other answers it keeps none. */
  #note(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    answer: IncomingHttpHeaders,
  ): Connection | undefined {
    if (!answer['content-type']?.startsWith('text/event-stream')) return undefined
    const connection: Connection = {
      session: this.#sessions.get(stream.session as ServerHttp2Session)?.number ?? 0,
      stream: stream.id ?? 0,
      agent: headers['user-agent'] ?? '',
      since: Date.now(),
      bytes: 0,
      lastEventId: String(headers['last-event-id'] ?? ''),
    }
    this.connections.add(connection)
    return connection
  }

  /** The same bytes: at once, or a few at a time while the network is slow. */
  async *#trickle(chunks: AsyncIterable<Buffer>, connection?: Connection): AsyncGenerator<Uint8Array> {
    const reader = createEventReader()
    for await (const chunk of chunks) {
      for (let rest = chunk; rest.length > 0; ) {
        const piece = this.isSlow ? rest.subarray(0, SLOW_BYTES) : rest
        rest = rest.subarray(piece.length)
        if (connection) {
          connection.bytes += piece.length
          connection.lastEventId = reader.feed(piece).lastEventId || connection.lastEventId
        }
        yield piece
        if (this.isSlow) await delay(SLOW_MS)
      }
    }
  }
}
