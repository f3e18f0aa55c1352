/** A thin HTTP/2 client that records what it receives: RFC 9113. */
import { once } from 'node:events'
import { type ClientHttp2Session, connect as connectHttp2, type OutgoingHttpHeaders } from 'node:http2'
import type { Socket } from 'node:net'
import { within } from '../waiting.ts'
import { observeConnection } from './connection.ts'
import { Exchange } from './exchange.ts'
import { type ConnectOptions, openTls } from './tls.ts'

/** How long a connection may take to close, in milliseconds. */
const CLOSE_MS = 500

/** A request's body. The pieces of an array are written one after the other, each in frames of its own. */
export type Body = Uint8Array | string | (Uint8Array | string)[]

/**
 * Opens an HTTP/2 session to an `https://` origin, without verifying its certificate.
 * Throws `ConnectError`, whose `fault` says whether it was refused, not TLS, not `h2`, or silent.
 */
export async function connect(origin: string, options: ConnectOptions = {}): Promise<Client> {
  const socket = await openTls(origin, options)
  const session = connectHttp2(origin, {
    createConnection: () => socket,
    settings: { enablePush: false },
  })
  const client = new Client(origin, session, socket, options.signal)
  // A request made before this would wait in a queue that GOAWAY and close() do not know of.
  if (session.connecting) await Promise.race([once(session, 'connect'), client.closed])
  return client
}

export class Client implements AsyncDisposable {
  session: ClientHttp2Session
  /** The server's GOAWAY, once it came (RFC 9113 § 6.8). */
  goawayReceived?: { code: number; lastStreamId: number }
  /** Resolves when the connection is gone. Never rejects. */
  closed: Promise<void>
  #authority: string
  #socket: Socket

  constructor(origin: string, session: ClientHttp2Session, socket: Socket, signal?: AbortSignal) {
    this.#authority = authorityOf(origin)
    this.session = session
    this.#socket = socket
    observeConnection(session, socket)
    session.on('error', () => {}) // a server that vanishes is seen by `closed` and by each exchange
    session.on('goaway', (code, lastStreamId) => {
      this.goawayReceived = { code, lastStreamId }
    })
    const abort = () => this.destroy()
    signal?.addEventListener('abort', abort, { once: true })
    this.closed = new Promise((resolve) => {
      session.once('close', () => {
        signal?.removeEventListener('abort', abort)
        resolve()
      })
    })
  }

  /** Sends a request: `:method` is GET and `:path` is `/` unless `headers` say otherwise. */
  request(headers: OutgoingHttpHeaders = {}, body?: Body): Exchange {
    const exchange = this.begin(headers, body === undefined)
    if (body !== undefined) send(exchange.stream, Array.isArray(body) ? [...body] : [body])
    return exchange
  }

  /** Sends the head of a request. Its body is for the caller to write, to the stream of the exchange. */
  begin(headers: OutgoingHttpHeaders, endStream = false): Exchange {
    const all = { ':method': 'GET', ':authority': this.#authority, ':path': '/', ...headers }
    return new Exchange(this.session.request(all, { endStream }), String(all[':path']))
  }

  get(path: string, headers: OutgoingHttpHeaders = {}): Exchange {
    return this.request({ ...headers, ':path': path })
  }

  /** Lets open streams finish, and closes the connection after the last. Resolves when it is gone. */
  close(): Promise<void> {
    this.session.close()
    return this.closed
  }

  /** Drops the connection without a word, as a client does that loses its network. */
  destroy(): void {
    this.#socket.destroy()
    this.session.destroy()
  }

  /** Tells the server that no more streams come (RFC 9113 § 6.8). Open streams stay open. */
  goaway(code = 0): void {
    this.session.goaway(code)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.session.destroy()
    // After a GOAWAY, Node waits for the server to close the connection, which may be never.
    if (
      !(await within(
        this.closed.then(() => true),
        CLOSE_MS,
      ))
    )
      this.#socket.destroy()
    await this.closed
  }
}

/**
 * What `:authority` is for an origin: RFC 9113 § 8.3.1. Node's own forgets the brackets of an IPv6 address, and proxies
 * that choose a site by its name know none of that name.
 */
export function authorityOf(origin: string): string {
  return new URL(origin).host
}

/** Writes the pieces in turn. A stream that ended meanwhile wants no more of them. */
function send(stream: Exchange['stream'], pieces: (Uint8Array | string)[]): void {
  const piece = pieces.shift()
  if (piece === undefined) stream.end()
  else stream.write(piece, (error) => error ?? send(stream, pieces))
}
