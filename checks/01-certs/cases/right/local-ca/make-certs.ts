import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.env.CERTS_DIR ?? 'certs'
const keyFile = join(folder, 'privkey.pem')
const certFile = join(folder, 'cert.pem')

const caKey = join(folder, 'ca-key.pem')
const caCert = join(folder, 'ca.pem')
const request = join(folder, 'request.pem')
const extensions = join(folder, 'extensions.txt')

mkdirSync(folder, { recursive: true })
writeFileSync(extensions, 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n')

makeAuthority()
run(`req -new -newkey rsa:2048 -nodes -subj /CN=localhost -keyout ${keyFile} -out ${request}`)
run(`x509 -req -sha256 -days 90 -in ${request} -CA ${caCert} -CAkey ${caKey} -CAcreateserial -extfile ${extensions} -out ${certFile}`)
writeFileSync(certFile, readFileSync(certFile, 'utf8') + readFileSync(caCert, 'utf8'))
for (const file of [request, extensions]) rmSync(file)

function makeAuthority() {
  run(`req -x509 -newkey rsa:2048 -nodes -sha256 -days 90 -subj /CN=Local-CA -keyout ${caKey} -out ${caCert}`)
}

function run(command: string) {
  const openssl = spawnSync('openssl', command.split(' '))
  if (openssl.status === 0) return
  console.error(String(openssl.stderr ?? openssl.error))
  process.exit(1)
}

chmodSync(keyFile, 0o600) // only you may read the key
console.log(`Made ${keyFile} and ${certFile}`)
