/**
 * Commands that show what no option of curl does: a client that leaves in the middle of an answer. `npx node` is the Node
 * of the workshop; in `-e` it has its modules without an import.
 */

const connect = "c = http2.connect('{origin}', { rejectUnauthorized: false })"

const silent = "on('error', () => {})"

const tell =
  "setTimeout(() => process.exit(console.log(c.destroyed ? 'connection lost' : 'still connected')), 500)"

const inNode = (...lines: string[]) => `npx node -e "${lines.join('; ')}"`

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

/** Many requests that are taken back with CANCEL at once: of some, the server reads both at the same time. */
export const resetsAtOnce = inNode(
  connect,
  `c.${silent}`,
  "for (i = 0; i < 99; i++) c.request().on('ready', function () { this.close(8) })",
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
