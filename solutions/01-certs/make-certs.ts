import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.env.CERTS_DIR ?? 'certs'
const keyFile = join(folder, 'privkey.pem')
const certFile = join(folder, 'cert.pem')

const options = [
  '-x509', // a certificate that signs itself, not a request for someone else to sign
  '-newkey rsa:2048', // with a new key of its own
  '-nodes', // no password on the key, so that the server can start alone
  '-sha256',
  '-days 365',
  '-subj /CN=localhost', // a name for people to read
  '-addext subjectAltName=DNS:localhost,IP:127.0.0.1', // the names that a browser compares
  '-addext keyUsage=critical,digitalSignature', // the key signs handshakes, and no other certificates
].flatMap((option) => option.split(' '))

mkdirSync(folder, { recursive: true })
const openssl = spawnSync('openssl', ['req', ...options, '-keyout', keyFile, '-out', certFile])

if (openssl.error) {
  console.error('openssl did not start. Install it (or Git for Windows, which brings it), then try again.')
  process.exit(1)
}
if (openssl.status !== 0) {
  console.error(String(openssl.stderr))
  process.exit(1)
}

chmodSync(keyFile, 0o600) // only you may read the key
console.log(`Made ${keyFile} and ${certFile}`)
