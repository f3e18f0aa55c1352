import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { lesson } from '../support/lesson.ts'
import type { CheckContext } from '../support/subject.ts'
import { visible } from '../wire/bytes.ts'
import { CERT, KEY, MAKING_MS, type Made, type MadeFile, makeCerts } from './making.ts'
import manifest from './manifest.ts'
import {
  handshake,
  isSignedWell,
  keyInWords,
  keyVerdict,
  maySign,
  mayVouch,
  readChain,
  validity,
} from './rules.ts'
import { expectSuccess } from './success.ts'

/** What the program made: each check takes over where the one before it ended. */
let made: Made
let keyFile: MadeFile
let certFile: MadeFile
let key: KeyObject
/** The certificate of the server itself, the first in the file. */
let leaf: X509Certificate

await lesson(manifest, (check) => {
  check('runs', async (context) => {
    made = await makeCerts(context)
    expectSuccess(context, made.ran, MAKING_MS)
  })

  check('files', (context) => {
    keyFile = fileOf(context, KEY)
    certFile = fileOf(context, CERT)
  })

  check('pem', (context) => {
    const keyText = keyFile.bytes.toString('latin1')
    const certText = certFile.bytes.toString('latin1')
    const expected = {
      key: `-----BEGIN PRIVATE KEY----- in ${KEY}`,
      cert: `-----BEGIN CERTIFICATE----- in ${CERT}`,
    }
    if (certText.includes('PRIVATE KEY-----') && !keyText.includes('PRIVATE KEY-----')) {
      context.fail({ expected: expected.key, received: beginning(keyFile), fault: 'swapped' })
    }
    if (
      certText.includes('BEGIN CERTIFICATE REQUEST') ||
      certText.includes('BEGIN NEW CERTIFICATE REQUEST')
    ) {
      context.fail({ expected: expected.cert, received: beginning(certFile), fault: 'request' })
    }
    if (keyText.includes('ENCRYPTED')) {
      const received = 'a key that is locked with a password'
      context.fail({ expected: 'a key that a server can read', received, fault: 'password' })
    }
    try {
      key = createPrivateKey(keyFile.bytes)
    } catch {
      context.fail({ expected: expected.key, received: beginning(keyFile) })
    }
    try {
      const [first] = readChain(certFile.bytes)
      if (!first) throw new Error('no certificate')
      leaf = first
    } catch {
      context.fail({ expected: expected.cert, received: beginning(certFile) })
    }
  })

  check('pair', (context) => {
    if (leaf.checkPrivateKey(key)) return
    const expected = `a certificate in ${CERT} for the key in ${KEY}`
    const place = readChain(certFile.bytes).findIndex((other) => other.checkPrivateKey(key)) + 1
    if (place > 0)
      context.fail({ expected: `${expected}, first`, received: `it is number ${place}`, fault: 'order' })
    context.fail({ expected, received: 'a certificate for another key' })
  })

  check('localhost', (context) => {
    if (leaf.checkHost('localhost', { subject: 'never' })) return
    context.fail({ expected: 'DNS:localhost in subjectAltName', received: namesOf(leaf) })
  })

  check('address', (context) => {
    if (leaf.checkIP('127.0.0.1')) return
    const fault = leaf.subjectAltName?.includes('DNS:127.0.0.1') ? 'dns' : undefined
    context.fail({ expected: 'IP Address:127.0.0.1 in subjectAltName', received: namesOf(leaf), fault })
  })

  check('valid', (context) => {
    const when = validity(leaf)
    if (when === 'right') return
    context.fail({
      expected: 'valid from now on, for at least a day',
      received: `valid from ${leaf.validFrom} to ${leaf.validTo}`,
      fault: when === 'future' ? 'future' : undefined,
    })
  })

  check('key', (context) => {
    const verdict = keyVerdict(leaf.publicKey)
    if (verdict === 'right') return
    context.fail({
      expected: 'RSA with 2048 bits or more, or the elliptic curve P-256 or P-384',
      received: keyInWords(leaf.publicKey),
      fault: verdict === 'kind' ? 'kind' : undefined,
    })
  })

  check('signature', (context) => {
    if (isSignedWell(leaf)) return
    const received = `Signature Algorithm: ${leaf.signatureAlgorithm}`
    context.fail({ expected: 'a signature with SHA-256, SHA-384 or SHA-512', received })
  })

  check('usage', (context) => {
    if (maySign(leaf)) return
    const received = 'a keyUsage without digitalSignature'
    context.fail({ expected: 'digitalSignature in keyUsage, or no keyUsage at all', received })
  })

  check('authority', (context) => {
    if (!mayVouch(leaf)) return
    const expected = 'a certificate that vouches for itself alone'
    context.fail({ expected, received: 'CA:TRUE, and a key that may sign certificates' })
  })

  check('private', (context) => {
    if (process.platform === 'win32') return // its files have no such modes
    const { mode } = keyFile
    const isReadable = (mode & OWNER_READS) !== 0
    if (isReadable && (mode & 0o077) === 0) return
    const expected = `${KEY} with mode 0o600`
    const received = `mode 0o${mode.toString(8).padStart(3, '0')}`
    if (DECIMAL_600.includes(mode)) context.fail({ expected, received, fault: 'decimal' })
    if (!isReadable) context.fail({ expected, received: `${received}: you can not read it`, fault: 'owner' })
    context.fail({ expected, received: `${received}: others can use it too` })
  })

  check('handshake', async (context) => {
    const error = await handshake(keyFile.bytes, certFile.bytes)
    if (!error) return
    const chain = readChain(certFile.bytes).length > 1 ? 'chain' : undefined
    context.fail({
      expected: 'a client that trusts the certificate shakes hands with localhost',
      received: `the client gives up: ${error.message.trim()}`,
      fault: error.code === 'INVALID_PURPOSE' ? 'purpose' : chain,
    })
  })
})

/** A file that was made. Fails the check when it is not there. */
function fileOf(context: CheckContext, name: string): MadeFile {
  const { files, elsewhere } = made
  const expected = `a file ${name} in the folder that CERTS_DIR names`
  const file = files.get(name)
  if (file && file.bytes.length > 0) return file
  if (file) return context.fail({ expected, received: `${name} with nothing in it`, fault: 'empty' })
  if (elsewhere) return context.fail({ expected, received: 'files in certs/', fault: 'folder' })
  return context.fail({ expected, received: [...files.keys()].sort().join(', ') || 'an empty folder' })
}

/** How a file begins, as it can be shown in a line. */
function beginning({ name, bytes }: MadeFile): string {
  if (bytes[0] === DER) return `${name} in binary form (DER)`
  const right = name === KEY ? /^-----BEGIN ([A-Z]+ )?PRIVATE KEY-----/ : /^-----BEGIN CERTIFICATE-----/
  if (right.test(bytes.toString('latin1'))) return `a ${name} of which a part is missing or wrong`
  return `${name} begins with ${visible(bytes.subarray(0, 40)).split('␊')[0]}`
}

/** The names of a certificate, as Node writes them. */
function namesOf({ subject, subjectAltName }: X509Certificate): string {
  if (subjectAltName) return `subjectAltName: ${subjectAltName}`
  return `no subjectAltName, only ${subject?.split('\n').at(-1) ?? 'a certificate without a name'}`
}

const OWNER_READS = 0o400

/** What 600 without 0o makes of a file: by itself, and for a file that is made with it, less what the umask takes. */
const DECIMAL_600 = [600 & 0o777, 600 & 0o777 & ~0o022]

/** The first byte of any key or certificate in DER. */
const DER = 0x30
