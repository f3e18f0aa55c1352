/** What browsers ask of a certificate, one rule a function. Pure, save for the clock. */
import { type KeyObject, X509Certificate } from 'node:crypto'
import { duplexPair } from 'node:stream'
import { connect, createSecureContext, TLSSocket } from 'node:tls'
import { KeyUsageFlags, KeyUsagesExtension, X509Certificate as Parsed } from '@peculiar/x509'

/** Certificates for less than this are of no use tomorrow: a day, less what passes between making and checking. */
const DAY_MS = 24 * 3600 * 1000 - 10 * 60 * 1000

/** How long a handshake in memory may take, in milliseconds. */
const HANDSHAKE_MS = 5000

/** The certificates of a PEM file, in order. Throws when one of them can not be read. */
export function readChain(pem: Buffer): X509Certificate[] {
  const blocks = pem.toString('latin1').match(CERTIFICATE) ?? []
  return blocks.map((block) => new X509Certificate(block))
}

/** A key in words: `RSA with 2048 bits`, `an elliptic curve, secp256k1`, `ed25519`. */
export function keyInWords({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  if (asymmetricKeyType === 'rsa') return `RSA with ${asymmetricKeyDetails?.modulusLength} bits`
  if (asymmetricKeyType === 'ec') return `the elliptic curve ${asymmetricKeyDetails?.namedCurve}`
  return `a key of the kind ${asymmetricKeyType}`
}

/**
 * Whether browsers know this kind of key, and take it for long enough. Measured in Chromium 156: P-521, Ed25519 and
 * keys for RSA-PSS alone end in `ERR_SSL_VERSION_OR_CIPHER_MISMATCH`, though Node takes them.
 */
export function keyVerdict({
  asymmetricKeyType,
  asymmetricKeyDetails,
}: KeyObject): 'right' | 'short' | 'kind' {
  if (asymmetricKeyType === 'rsa')
    return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 ? 'right' : 'short'
  const curve = asymmetricKeyType === 'ec' ? asymmetricKeyDetails?.namedCurve : undefined
  return curve === 'prime256v1' || curve === 'secp384r1' ? 'right' : 'kind'
}

/** Whether the hash of the signature is SHA-256 or longer, of the same family. */
export function isSignedWell({ signatureAlgorithm }: X509Certificate): boolean {
  return /^(sha(256|384|512)With|ecdsa-with-SHA(256|384|512)|rsassaPss)/i.test(signatureAlgorithm ?? '')
}

/** `future`: not yet valid; `past`: no more, or for less than a day. */
export function validity(certificate: X509Certificate, now = Date.now()): 'right' | 'future' | 'past' {
  if (certificate.validFromDate.getTime() > now) return 'future'
  return certificate.validToDate.getTime() - now >= DAY_MS ? 'right' : 'past'
}

/**
 * Whether the key may sign, which a server does in each handshake: the first bit of keyUsage (RFC 5280 § 4.2.1.3), or
 * no such extension. What Node calls `keyUsage` is another extension, extKeyUsage.
 */
export function maySign({ raw }: X509Certificate): boolean {
  const keyUsage = new Parsed(raw).getExtension(KeyUsagesExtension)
  return keyUsage === null || (keyUsage.usages & KeyUsageFlags.digitalSignature) !== 0
}

/**
 * Whether the certificate can vouch for others: it is one of an authority, and its key is not kept from signing
 * certificates (RFC 5280 § 4.2.1.3 and § 4.2.1.9). `openssl req -x509` makes such a one unless it is told not to.
 */
export function mayVouch({ ca, raw }: X509Certificate): boolean {
  const keyUsage = new Parsed(raw).getExtension(KeyUsagesExtension)
  return ca && (keyUsage === null || (keyUsage.usages & KeyUsageFlags.keyCertSign) !== 0)
}

/**
 * Lets a client that trusts the last certificate of the chain, and asks for `localhost`, shake hands with a server
 * that has the key and the chain. Both live in memory: no port is opened.
 *
 * @returns undefined when it worked, else the error of whichever side gave up first
 */
export async function handshake(key: Buffer, cert: Buffer): Promise<NodeJS.ErrnoException | undefined> {
  const [here, there] = duplexPair()
  const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException | undefined>()
  const late = setTimeout(() => resolve(new Error('the handshake came to no end')), HANDSHAKE_MS)
  try {
    const secureContext = createSecureContext({ key, cert })
    const server = new TLSSocket(here, { isServer: true, secureContext })
    server.on('error', resolve)
    const trusted = readChain(cert).at(-1)?.toString()
    const client = connect({
      socket: there,
      servername: 'localhost',
      ca: trusted,
      allowPartialTrustChain: true,
    })
    client.on('error', resolve)
    client.on('secureConnect', () => resolve(undefined))
    return await promise
  } catch (error) {
    return error as Error
  } finally {
    clearTimeout(late)
    here.destroy()
    there.destroy()
  }
}

const CERTIFICATE = /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[\s\S]*?-----END \1-----/g
