import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.env.CERTS_DIR ?? 'certs'
const keyFile = join(folder, 'privkey.pem')
const certFile = join(folder, 'cert.pem')

const options = [
  // TODO 1: Ask for a certificate that signs itself, with a new key, and give it a name. One option a line.
  // TODO 2: Add the names that a browser compares with the address bar, and what the key may be used for.
  '-nodes', // no password on the key, so that the server can start alone
  '-sha256',
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

// TODO 3: Make sure that nobody but you can read the key.
console.log(`Made ${keyFile} and ${certFile}`)
