/**
 * What a learner is told when their server does not start, ends, or stands still: one entry each, words only.
 * `death.ts` and `ready.ts` find out which one it is.
 */

import type { Failure, Place } from '../../verdict.ts'
import type { ServerKind } from './probe.ts'

const onPort = (port: number) => `a server that listens on port ${port}, the value of PORT`

const STAYS_UP = 'a server that stays up'

export const neverListens = (port: number): Failure => ({
  expected: onPort(port),
  received: 'a program that runs, and after 7 s listens on no port',
  why: 'Nobody can connect to a server before listen() was called.',
  fix: 'Call server.listen(process.env.PORT ?? 8080), and look for an await above it that never ends.',
})

export const blockedAtStart = (port: number): Failure => ({
  expected: onPort(port),
  received: 'a program that is busy for 7 s, and listens on no port',
  why: 'Node runs one piece of your code at a time. A loop that never ends lets nothing else happen.',
  fix: 'Look for a while or for loop, at the start of the program, that can not end.',
})

export const endedAtOnce = (port: number): Failure => ({
  expected: onPort(port),
  received: 'a program that ended at once, with exit code 0',
  why: 'Node ends a program that has nothing left to wait for. A server that listens keeps it running.',
  fix: 'Call server.listen(process.env.PORT ?? 8080), and no process.exit().',
})

export const endedWithCode = (port: number, code: number | null): Failure => ({
  expected: onPort(port),
  received: `a program that ended before it listened, with exit code ${code}`,
  why: 'Something in the program called process.exit(), or set process.exitCode. What it printed may say why.',
  fix: 'Read the output, and look for process.exit in your code.',
})

export const waitsForEver = (port: number, at?: Place): Failure => ({
  expected: onPort(port),
  received: 'a program that ended while it waited at an await',
  why: 'Nothing was left that could have ended this await, so Node gave up, with exit code 13.',
  fix: 'Make sure that the promise you await is resolved.',
  at,
})

export const couldNotRun = (port: number, reason: string): Failure => ({
  expected: onPort(port),
  received: `the program could not be run: ${reason}`,
  why: 'The system did not start Node in the project’s folder.',
  fix: 'Run npm run doctor, which says what is missing.',
})

export const noEntry = (port: number, file: string): Failure => ({
  expected: onPort(port),
  received: `there is no file ${file}`,
  why: 'This is the file that the checks run.',
  fix: `Create ${file}; npm run reset copies the starter again.`,
})

export const syntaxError = (port: number, message: string, at?: Place): Failure => ({
  expected: onPort(port),
  received: `a syntax error: ${message}`,
  why: 'Node can not read the file, so none of it was run.',
  fix: 'Correct this line, or the one above it.',
  at,
})

export const noModule = (port: number, name: string, importer: string, at?: Place): Failure => ({
  expected: onPort(port),
  received: `an import that was not found: ${name}, in ${importer}`,
  why: 'Node looks for a path that begins with ./ beside your file, and for any other name in node_modules.',
  fix: 'Check the spelling and the ending: ./name.ts for a file of yours, node:name for a part of Node.',
  at,
})

export const noExport = (port: number, message: string, at?: Place): Failure => ({
  expected: onPort(port),
  received: message,
  why: 'An imported name must be exported by the other file, and a type must be imported with import type.',
  fix: 'Check the spelling of the name, and the export in the other file.',
  at,
})

export const noCertificate = (port: number, path: string, at?: Place): Failure => ({
  expected: onPort(port),
  received: `a certificate file that is not there: ${path}`,
  why: 'A server that speaks TLS needs a key and a certificate. Paths start at the project’s folder.',
  fix: 'Run npm run certs, and read certs/privkey.pem and certs/cert.pem.',
  at,
})

export const threwAtStart = (port: number, error: string, at?: Place): Failure => ({
  expected: onPort(port),
  received: error,
  why: 'Nothing caught this error, so Node ended the program before it listened.',
  fix: 'Correct what the error names.',
  at,
})

export const portTaken = (port: number): Failure => ({
  expected: onPort(port),
  received: `port ${port} is in use by another program`,
  why: 'Only one program at a time can listen on a port.',
  fix: `Stop the other program, or choose another port: PORT=${port + 1}.`,
})

export const fixedPortTaken = (port: number, taken: number): Failure => ({
  expected: onPort(port),
  received: `the program chose port ${taken}, which another program uses`,
  why: 'The checks start your server on a free port, and name it in the environment variable PORT.',
  fix: `Use process.env.PORT, and ${taken} only when it is not set: process.env.PORT ?? ${taken}.`,
})

export const fixedPort = (port: number, chosen: number): Failure => ({
  expected: onPort(port),
  received: `a server that listens on port ${chosen}`,
  why: 'The checks start your server on a free port, and name it in the environment variable PORT.',
  fix: `Pass process.env.PORT to listen(), and ${chosen} only when it is not set.`,
})

export const pipe = (port: number, path: string): Failure => ({
  expected: onPort(port),
  received: `a server that listens on the local pipe ${path}, and on no port`,
  why: 'listen() takes a text that is not a number for the name of a pipe.',
  fix: 'Pass a number to listen(): Number(process.env.PORT ?? 8080).',
})

export const notLocalhost = (port: number, address: string): Failure => ({
  expected: onPort(port),
  received: `a server that listens on ${address} only, which is not what localhost means here`,
  why: 'A client that opens https://localhost connects to another address, and is refused.',
  fix: 'Leave the host out of listen(): the server then listens on every address of this machine.',
})

export const refused = (port: number): Failure => ({
  expected: onPort(port),
  received: 'a server that listened, and then refused a connection',
  why: 'A server that was closed takes no new connections.',
  fix: 'Look for a call of server.close().',
})

export const noTls = (port: number, kind?: ServerKind): Failure => ({
  expected: `HTTP/2 over TLS on port ${port}`,
  received: `a server without TLS${kind ? `, made with ${MADE_WITH[kind]}` : ''}`,
  why: 'Browsers speak HTTP/2 only over TLS, the S in https.',
  fix: 'Use createSecureServer from node:http2, with key and cert.',
})

export const noHttp2 = (port: number, chose: string, kind?: ServerKind): Failure => ({
  expected: `HTTP/2 over TLS on port ${port}`,
  received: `a server that chose ${chose}${kind && kind !== 'http2' ? `, made with ${MADE_WITH[kind]}` : ''}`,
  why: 'In the TLS handshake the client offers h2, which is HTTP/2, and the server must choose it.',
  fix: 'Use createSecureServer from node:http2, and leave ALPNProtocols out.',
})

export const badHandshake = (port: number, message: string, kind?: ServerKind): Failure => ({
  expected: `HTTP/2 over TLS on port ${port}`,
  received: `no TLS handshake: ${message}${kind && kind !== 'http2' ? `; it was made with ${MADE_WITH[kind]}` : ''}`,
  why: 'The connection was accepted, but client and server did not come to speak TLS.',
  fix: 'Give createSecureServer from node:http2 the key and the certificate that belong together.',
})

export const noAnswer = (port: number, kind?: ServerKind): Failure => ({
  expected: `HTTP/2 over TLS on port ${port}`,
  received: `a server that accepts a connection and says nothing${kind ? `, made with ${MADE_WITH[kind]}` : ''}`,
  why: 'A TLS server answers the first message of a client at once.',
  fix: 'Use createSecureServer from node:http2, and look for a loop that can not end.',
})

export const died = (error: string, fix: string | undefined, at?: Place): Failure => ({
  expected: STAYS_UP,
  received: error,
  why: 'Nothing caught this error, so Node ended the process, and every client lost its connection.',
  fix: fix ?? 'Correct what the error names, or catch it where it can happen.',
  at,
})

export const rejected = (error: string, fix: string | undefined, at?: Place): Failure => ({
  expected: STAYS_UP,
  received: error,
  why: 'A promise was rejected and nothing handled that, so Node ended the process.',
  fix: fix ?? 'Await the promise inside try … catch, or give it a .catch().',
  at,
})

export const swallowed = (error: string, fix: string | undefined, at?: Place): Failure => ({
  expected: 'no error that reaches the whole process',
  received: error,
  why: "Nothing caught this error where it was thrown. A listener of 'uncaughtException' keeps the process alive, but Node does not promise that it works on: what was under way is left half done.",
  fix: fix ?? 'Correct what the error names, or catch it where it can happen.',
  at,
})

export const exited = (code: number | null): Failure => ({
  expected: STAYS_UP,
  received: `the process ended during the check, with exit code ${code}`,
  why: 'A server runs until it is told to stop. Every client lost its connection.',
  fix: 'Look for process.exit(), or a server.close() that leaves nothing to wait for.',
})

export const killed = (signal: string): Failure => ({
  expected: STAYS_UP,
  received: `the process was ended by the signal ${signal}`,
  why: 'A signal comes from outside of the program, or from a call of process.kill() or process.abort().',
  fix: 'Look for such a call; without one, run the check again.',
})

export const broke = (signal: string): Failure => ({
  expected: STAYS_UP,
  received: `Node itself broke, with the signal ${signal}`,
  why: 'No JavaScript should be able to do that: it is a fault of Node, or of a package with native code.',
  fix: 'Run the check again. If it comes back, look for respondWithFile(): Node 26 can break when a client leaves while it sends. Read the file yourself.',
})

export const tooBig: Failure = {
  expected: 'a server that needs a bounded amount of memory',
  received: 'the process needed too much memory and was ended',
  why: 'What a program keeps a reference to, in an array, a Map or a queue, can not be freed.',
  fix: 'Look for something that grows with every turn of a loop or a timer, and is never made smaller.',
}

export const busy: Failure = {
  expected: 'a server that answers within 500 ms',
  received: 'the process runs, but its event loop is blocked',
  why: 'Node runs one piece of your code at a time. A loop that never ends stops every client.',
  fix: 'Look for a while or for loop that can not end, in the code that handles a request or that follows listen().',
}

/** What mends an error with this code, where that is not obvious from its message. */
export const FIXES: Record<string, string> = {
  ERR_HTTP2_STREAM_ERROR: 'Listen for errors of every stream: stream.on("error", () => {}).',
  ERR_HTTP2_SESSION_ERROR:
    'Listen for errors of every stream: stream.on("error", () => {}). Throw no error of a session again.',
  ERR_STREAM_WRITE_AFTER_END: 'Stop writing once the stream has ended, and listen for its "error" event.',
  ERR_HTTP2_INVALID_STREAM: 'Check stream.destroyed first: the client may have left meanwhile.',
  ERR_HTTP2_HEADERS_SENT: 'Call respond() once for each stream.',
  ERR_HTTP2_INVALID_CONNECTION_HEADERS: 'Remove that header: HTTP/2 has none of the kind.',
  ERR_HTTP2_PAYLOAD_FORBIDDEN:
    'Answer HEAD, and the statuses 204 and 304, without a body: respond with endStream.',
}

const MADE_WITH: Record<ServerKind, string> = {
  http2: 'node:http2',
  'http2-plain': 'createServer of node:http2',
  https: 'node:https',
  http: 'node:http',
  tls: 'node:tls',
  net: 'node:net',
}
