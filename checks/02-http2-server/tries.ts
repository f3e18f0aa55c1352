/** Commands that show a client that leaves in the middle of an answer. */
import { connect, inNode } from '../support/in-node.ts'

const silent = "on('error', () => {})"

/** A connection that is lost says so at once. One that is idle for two seconds has outlived what was done to it. */
const tell = [
  'end = (line) => process.exit(console.log(line))',
  "c.on('close', () => end('connection lost'))",
  "c.setTimeout(2000, () => end('still connected'))",
].join('; ')

/**
 * A request that is reset once the head of its answer has come. Its stream is open then: there is room for no byte of the
 * answer, and the request may still get a body.
 */
export const resetsStream = (method: string, path: string, code: number) =>
  inNode(
    "c = http2.connect('{origin}', { rejectUnauthorized: false, settings: { initialWindowSize: 0 } })",
    `s = c.request({ ':method': '${method}', ':path': '${path}' }, { endStream: false })`,
    `for (one of [c, s]) one.${silent}`,
    `s.on('response', () => s.close(${code}))`,
    tell,
  )

/**
 * A request for `/` that is taken back with CANCEL in the same write, frame by frame (SETTINGS, HEADERS, RST_STREAM):
 * no client library sends the two so that a server is sure to read them at once.
 */
export const resetsAtOnce = inNode(
  "u = new URL('{origin}')",
  "c = tls.connect({ host: u.hostname, port: u.port || 443, ALPNProtocols: ['h2'], rejectUnauthorized: false })",
  `c.${silent}.resume()`,
  "c.write('PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n')",
  "c.write(Buffer.from('00000004000000000000000e01050000000182878441096c6f63616c686f737400000403000000000100000008', 'hex'))",
  tell,
)

/** CONNECT names a host and a port in place of a path. */
export const asksWithoutPath = inNode(
  connect,
  `c.${silent}`,
  `c.request({ ':method': 'CONNECT', ':authority': 'localhost:1' }).${silent}`,
  tell,
)

/** A connection that breaks with a TCP reset while an answer is on its way; then another client asks. */
export const breaksConnection = `${inNode(
  "u = new URL('{origin}')",
  'socket = net.connect(u.port || 443, u.hostname)',
  "createConnection = () => tls.connect({ socket, ALPNProtocols: ['h2'], rejectUnauthorized: false })",
  'c = http2.connect(u, { createConnection, settings: { initialWindowSize: 0 } })',
  `c.${silent}`,
  `c.request().${silent}.on('response', () => socket.resetAndDestroy())`,
)} && curl -kI --http2 {origin}/`
