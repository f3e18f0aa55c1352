/** What came over a connection beside the answers: RFC 9113 § 6. */
import type { Http2Session } from 'node:http2'
import type { Socket } from 'node:net'

export interface Connection {
  /** How many SETTINGS and PING frames came, acknowledgements left aside. */
  settings: number
  pings: number
  /** The server said that it takes no more streams. */
  isGoing: boolean
  /** How many answers have begun. */
  heads: number
  /** Why our own client gave the connection up: what came was no HTTP/2, or too much of it. */
  error?: string
  /** How many bytes came. */
  readonly read: number
}

const connections = new WeakMap<Http2Session, Connection>()

/** Notes what comes over a session, from its beginning. */
export function observeConnection(session: Http2Session, socket: Socket): void {
  const connection: Connection = {
    settings: 0,
    pings: 0,
    isGoing: false,
    heads: 0,
    get read() {
      return socket.bytesRead
    },
  }
  connections.set(session, connection)
  session.on('remoteSettings', () => connection.settings++)
  session.on('ping', () => connection.pings++)
  session.on('goaway', () => {
    connection.isGoing = true
  })
  session.on('error', (error) => noteError(session, error))
}

/** Notes an error of a session, or of a stream on it, which is told first. */
export function noteError(session: Http2Session | undefined, error: NodeJS.ErrnoException): void {
  const connection = connectionOf(session)
  if (connection && error.code === 'ERR_HTTP2_ERROR') connection.error ??= error.message
}

/** Notes that an answer has begun on a session. */
export function noteHead(session: Http2Session | undefined): void {
  const connection = connectionOf(session)
  if (connection) connection.heads++
}

/** What came over a session; undefined for one that nobody observes. */
export function connectionOf(session: Http2Session | undefined): Connection | undefined {
  return session && connections.get(session)
}
