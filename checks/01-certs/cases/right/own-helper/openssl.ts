import { execFile } from 'node:child_process'
import { chmod, mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

const folder = resolve(process.env.CERTS_DIR || 'certs')
export const keyFile = resolve(folder, 'privkey.pem')
export const certFile = resolve(folder, 'cert.pem')

export async function makeCertificate() {
  await mkdir(folder, { recursive: true })
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const usage = ['-addext', 'keyUsage=critical,digitalSignature']
  const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-sha256', '-days', '365']
  await promisify(execFile)('openssl', ['req', ...kind, ...names, ...usage, '-keyout', keyFile, '-out', certFile])
  await chmod(keyFile, 0o600)
}
