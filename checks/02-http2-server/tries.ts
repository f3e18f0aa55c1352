/**
 * Commands that show what no option of curl does: a client that leaves in the middle of an answer. `npx node` is the Node
 * of the workshop; in `-e` it has its modules without an import.
 */

const connect = "c = http2.connect('{origin}', { rejectUnauthorized: false })"

/** With room for no byte, an answer stands still behind its head until its client leaves. */
const connectStalled =
  "c = http2.connect('{origin}', { rejectUnauthorized: false, settings: { initialWindowSize: 0 } })"

const silent = "on('error', () => {})"

const tell =
  "setTimeout(() => process.exit(console.log(c.destroyed ? 'connection lost' : 'still connected')), 500)"

const inNode = (...lines: string[]) => `npx node -e "${lines.join('; ')}"`

/** A few requests, each of which is reset with INTERNAL_ERROR once its head has come. */
export const resetsStreams = inNode(
  connectStalled,
  `c.${silent}`,
  "for (path of ['/', '/nothing-here']) for (method of ['GET', 'HEAD'])" +
    " c.request({ ':path': path, ':method': method }, { endStream: method === 'GET' })" +
    `.${silent}.on('response', function () { this.close(2) })`,
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
