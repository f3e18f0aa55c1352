/**
 * An HTTP/2 proxy before the server of a demo. It keeps the port while servers come and go behind it, sees every
 * connection, and can break and slow them as a bad network does. What passes is not changed.
 */

import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2'
import { setTimeout as delay } from 'node:timers/promises'
import { createEventReader } from '../../wire/parse.ts'
import { Front } from './front.ts'
import { Upstream } from './upstream.ts'

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
  #front: Front
  /** Each session of a client has one of its own to the server, so that one breaks with the other. */
  #sessions = new Map<ServerHttp2Session, { number: number; upstream: Upstream }>()
  #count = 0
  #target: string

  private constructor(front: Front, target: string) {
    this.#front = front
    this.#target = target
    front.server.on('session', (session) => this.#open(session))
    front.server.on('stream', (stream: ServerHttp2Stream, headers) => this.#pass(stream, headers))
  }

  /**
   * Listens on `port` and passes everything to the server at `target`.
   *
   * @param root the project's folder, with the certificate
   */
  static async start(root: string, port: number, target: string): Promise<DemoProxy> {
    return new DemoProxy(await Front.listen(root, port), target)
  }

  /** From now on passes everything to another server. Open connections break, and their clients come back. */
  retarget(target: string): void {
    this.moveTo(target)
    this.kill()
  }

  /** From now on passes new connections to another server. Those that are open stay with theirs, for as long as it goes. */
  moveTo(target: string): void {
    this.#target = target
  }

  /** Breaks every connection, without a word, as a lost network does. */
  kill(): void {
    this.#front.cut()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#front[Symbol.asyncDispose]()
  }

  #open(session: ServerHttp2Session): void {
    const upstream = new Upstream(this.#target, () => session.destroy())
    this.#sessions.set(session, { number: ++this.#count, upstream })
    session.on('close', () => {
      upstream.close()
      this.#sessions.delete(session)
    })
  }

  #pass(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const { upstream } = this.#sessions.get(stream.session as ServerHttp2Session) ?? {}
    if (!upstream) {
      stream.close()
      return
    }
    upstream.pass(stream, headers, (body, answer) => {
      return this.#trickle(body, this.#note(stream, headers, answer))
    })
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
    stream.once('close', () => this.connections.delete(connection))
    return connection
  }

  /** The same bytes: at once, or a few at a time while the network is slow. */
  async *#trickle(chunks: AsyncIterable<Uint8Array>, connection?: Connection): AsyncGenerator<Uint8Array> {
    const reader = createEventReader(connection?.lastEventId)
    for await (const chunk of chunks) {
      for (let rest = chunk; rest.length > 0; ) {
        const piece = this.isSlow ? rest.subarray(0, SLOW_BYTES) : rest
        rest = rest.subarray(piece.length)
        if (connection) {
          connection.bytes += piece.length
          connection.lastEventId = reader.feed(piece).lastEventId
        }
        yield piece
        if (this.isSlow) await delay(SLOW_MS)
      }
    }
  }
}
