/** The TLS handshake of a client, and what can be wrong with the other side. */
import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'

/**
 * `refused`: nothing listens there; `plain`: it does not speak TLS; `handshake`: TLS, but no agreement; `alpn`: TLS
 * without HTTP/2; `silent`: no answer in time; `died`: the server ended meanwhile; `aborted`: we gave up.
 */
export type ConnectFault = 'refused' | 'plain' | 'handshake' | 'alpn' | 'silent' | 'died' | 'aborted'

/** Why no HTTP/2 connection came about. Its message is a sentence that a learner can read. */
export class ConnectError extends Error {
  override name = 'ConnectError'
  fault: ConnectFault
  /** What the server chose instead of `h2`; false when it chose nothing. */
  alpn?: string | false

  constructor(fault: ConnectFault, message: string, alpn?: string | false) {
    super(message)
    this.fault = fault
    this.alpn = alpn
  }
}

export interface ConnectOptions {
  /** Ends the wait, and later the connection. */
  signal?: AbortSignal
  /** Settles when the server's process has ended: a handshake with it has no future. */
  died?: Promise<unknown>
}

/** How long a handshake may take, in milliseconds. */
const HANDSHAKE_MS = 3000

/**
 * A TLS connection that agreed on `h2` by ALPN (RFC 9113 § 3.3). It offers `http/1.1` as well, as browsers do, so that
 * a server that prefers it shows. The certificate is not verified. Throws `ConnectError`.
 */
export function openTls(origin: string, { signal, died }: ConnectOptions): Promise<TLSSocket> {
  const { hostname, port, host } = new URL(origin)
  const name = hostname.replace(/^\[|\]$/g, '')
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>()
  const socket = connect({
    host: name,
    port: Number(port || 443),
    servername: isIP(name) ? '' : name,
    ALPNProtocols: ['h2', 'http/1.1'],
    rejectUnauthorized: false,
  })
  const fail = (fault: ConnectFault, message: string, alpn?: string | false) => {
    socket.destroy()
    reject(new ConnectError(fault, message, alpn))
  }
  const abort = () => fail('aborted', `the connection to ${host} was given up`)
  const timer = setTimeout(() => fail('silent', `${host} did not answer the TLS handshake`), HANDSHAKE_MS)
  socket.on('error', (error: NodeJS.ErrnoException) => {
    const fault = faultOf(error)
    fail(fault, `${host} ${REASONS[fault]}${fault === 'handshake' ? ` (${error.message.trim()})` : ''}`)
  })
  socket.once('close', () => fail('handshake', `${host} ${REASONS.handshake}`))
  socket.once('secureConnect', () => {
    const { alpnProtocol } = socket
    if (alpnProtocol === 'h2') return resolve(socket)
    fail(
      'alpn',
      `${host} did not agree to HTTP/2: it chose ${alpnProtocol || 'no protocol'}`,
      alpnProtocol ?? false,
    )
  })
  const die = () => fail('died', `the server behind ${host} ended`)
  died?.then(die, die)
  signal?.addEventListener('abort', abort, { once: true })
  if (signal?.aborted) abort()
  return promise.finally(() => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  })
}

function faultOf(error: NodeJS.ErrnoException): 'refused' | 'plain' | 'alpn' | 'handshake' {
  const code = error.code ?? ''
  if (/ECONNREFUSED|EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/.test(code)) return 'refused'
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|RECORD_LAYER_FAILURE/.test(code))
    return 'plain'
  if (/NO_APPLICATION_PROTOCOL/.test(code)) return 'alpn'
  return 'handshake'
}

const REASONS = {
  refused: 'accepts no connection',
  plain: 'does not speak TLS',
  alpn: 'did not agree to HTTP/2',
  handshake: 'broke off the TLS handshake',
}
