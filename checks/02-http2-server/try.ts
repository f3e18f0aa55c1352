/**
 * A client that leaves as no option of curl lets it: to be started by hand while a server runs. It tells what became of its
 * connection. `tries.ts` has the commands.
 */
import type { EventEmitter } from 'node:events'
import { connect } from 'node:http2'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'

const [origin = 'https://localhost:8080', deed, method = 'GET', path = '/', code = '2'] =
  process.argv.slice(2)
const { hostname, port } = new URL(origin)

const options = { rejectUnauthorized: false }

/** There is room for no byte of an answer, so it stands still behind its head. */
const stalled = { ...options, settings: { initialWindowSize: 0 } }

/** A connection that is idle for so long has outlived what was done to it, in milliseconds. */
const IDLE_MS = 2000

const deeds: Record<string, () => void> = {
  /** A request is reset once the head of its answer has come. Its stream is open then: it might still get a body. */
  reset() {
    const session = connect(origin, stalled)
    const stream = session.request({ ':method': method, ':path': path }, { endStream: false })
    stream.on('error', () => {})
    stream.on('response', () => stream.close(Number(code)))
    tell(session)
  },

  /** A request is taken back in the same write: no client library lets a server read the two at once for sure. */
  'reset-at-once'() {
    const socket = connectTls({ ...options, host: hostname, port: portOf(), ALPNProtocols: ['h2'] })
    socket.resume()
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    socket.write(Buffer.from(FRAMES, 'hex'))
    tell(socket)
  },

  /** CONNECT names a host and a port in place of a path. */
  connect() {
    const session = connect(origin, options)
    session.request({ ':method': 'CONNECT', ':authority': 'localhost:1' }).on('error', () => {})
    tell(session)
  },

  /** A connection breaks with a TCP reset while an answer is on its way. */
  break() {
    const socket = connectTcp(portOf(), hostname)
    const createConnection = () => connectTls({ ...options, socket, ALPNProtocols: ['h2'] })
    const session = connect(origin, { ...stalled, createConnection })
    session.on('error', () => {})
    const stream = session.request()
    stream.on('error', () => {})
    stream.on('response', () => socket.resetAndDestroy())
  },
}

/** SETTINGS, HEADERS for GET /, RST_STREAM with CANCEL. */
const FRAMES = '00000004000000000000000e01050000000182878441096c6f63616c686f737400000403000000000100000008'

function portOf(): number {
  return Number(port || 443)
}

function tell(connection: EventEmitter & { setTimeout(ms: number, then: () => void): unknown }): void {
  const end = (line: string) => {
    console.log(line)
    process.exit()
  }
  connection.on('error', (error: NodeJS.ErrnoException) => console.log(error.code ?? error.message))
  connection.on('close', () => end('connection lost'))
  connection.setTimeout(IDLE_MS, () => end('still connected'))
}

const act = deeds[deed ?? '']
if (act) act()
else console.log(`What should be done? ${Object.keys(deeds).join(', ')}`)
