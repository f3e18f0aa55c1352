/**
 * What a learner is told when their server does not start: one entry each, words only. `death.ts` and `ready.ts` find
 * out which one it is.
 */

import type { Failure, Place } from '../../verdict.ts'
import type { Cure } from './cures.ts'
import type { ServerKind } from './probe.ts'

const onPort = (port: number) => `a server that listens on port ${port}, the value of PORT`

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
  fix: message.includes('"await"')
    ? 'Write async in front of the function that this await stands in.'
    : 'Correct this line, or the one above it.',
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

export const threwAtStart = (port: number, error: string, cure?: Cure, at?: Place): Failure => ({
  expected: onPort(port),
  received: error,
  why: cure?.why ?? 'Nothing caught this error, so Node ended the program before it listened.',
  fix: cure?.fix ?? 'Correct what the error names.',
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

const MADE_WITH: Record<ServerKind, string> = {
  http2: 'node:http2',
  'http2-plain': 'createServer of node:http2',
  https: 'node:https',
  http: 'node:http',
  tls: 'node:tls',
  net: 'node:net',
}
