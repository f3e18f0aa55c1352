/** A connection to any web server: with TLS or without, HTTP/1.1 or HTTP/2. */
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, rootCertificates, type TLSSocket } from 'node:tls'
import { errorCode, UsageError } from '../errors.ts'
import type { Ask } from './target.ts'

export interface Opened {
  socket: Socket
  /** What both sides agreed on. */
  version: '1.1' | '2'
  /** Why the certificate is not to be trusted, if it is not. */
  untrusted?: string
  /** How long it took, in milliseconds. */
  ms: number
}

/** How long a connection may take, in milliseconds. */
const CONNECT_MS = 10_000

/**
 * Connects to the server of a request.
 *
 * @throws UsageError when nobody can be reached there, or its certificate is not to be trusted
 */
export async function open({ url, http, insecure, ca }: Ask, signal: AbortSignal): Promise<Opened> {
  const begun = performance.now()
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isTls = url.protocol === 'https:'
  const port = Number(url.port || (isTls ? 443 : 80))
  const socket = isTls
    ? connectTls({
        host,
        port,
        servername: isIP(host) ? '' : host,
        ALPNProtocols: http === '1.1' ? ['http/1.1'] : ['h2', 'http/1.1'],
        rejectUnauthorized: false,
        ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
      })
    : connectTcp({ host, port })
  await connected(socket, url, signal)
  const ms = performance.now() - begun
  if (!isTls) return { socket, version: http === 'h2c' ? '2' : '1.1', ms }
  const tls = socket as TLSSocket
  const version = tls.alpnProtocol === 'h2' ? '2' : '1.1'
  if (tls.authorized) return { socket, version, ms }
  const untrusted = reasonOf(String(tls.authorizationError))
  if (!insecure && !isLoopback(host)) {
    socket.destroy()
    throw new UsageError(
      `The certificate of ${url.host} is not to be trusted: ${untrusted}. To go on, add -k, or --cacert FILE.`,
    )
  }
  return { socket, version, untrusted, ms }
}

/** Whether this machine talks to itself. */
function isLoopback(host: string): boolean {
  return /^(?:localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i.test(host)
}

function connected(socket: Socket, url: URL, signal: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const fail = (reason: string) => {
      socket.destroy()
      finish()
      reject(new UsageError(`${url.host} can't be reached: ${reason}.`))
    }
    const timer = setTimeout(() => fail(`no answer within ${CONNECT_MS / 1000} s`), CONNECT_MS)
    const abort = () => fail('it was given up')
    const done = () => {
      finish()
      resolve()
    }
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      socket.on('error', () => {}) // from here on whoever reads sees it
    }
    socket.once('error', (error) => fail(faultOf(error, url)))
    socket.once('close', () => fail('the connection was closed at once'))
    socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', done)
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
  })
}

function faultOf(error: Error, { protocol, host }: URL): string {
  const [code = ''] = [errorCode(error), ...nestedCodes(error)].filter((each) => each in FAULTS)
  if (FAULTS[code]) return FAULTS[code]
  if (
    protocol === 'https:' &&
    /WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST|RECORD_LAYER/.test(errorCode(error))
  )
    return `what listens there speaks no TLS. Try http://${host}`
  return `${errorCode(error) || 'the connection failed'}`
}

/** Node tries IPv4 and IPv6, and then has an error for each. */
function nestedCodes(error: Error): string[] {
  return error instanceof AggregateError ? error.errors.map(errorCode) : []
}

function reasonOf(code: string): string {
  const known = CERTIFICATES[code]
  if (known) return known
  return /ALTNAME|altnames/.test(code) ? 'it is for another name' : code
}

const FAULTS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such name is known',
  EAI_AGAIN: 'its name could not be looked up',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  ECONNRESET: 'the connection was broken off',
}

const CERTIFICATES: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority signed itself, and is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate between it and its authority is missing',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not known here',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
}
