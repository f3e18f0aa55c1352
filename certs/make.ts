import { execFile } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { chmod, copyFile, link, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { UsageError, writeError } from '../workshop/errors.ts'
import { withLock } from '../workshop/project/lock.ts'

/** The certificate that the servers use. */
export interface Certs {
  /** True when it was made just now. */
  made: boolean
  /** The files, as absolute paths. */
  key: string
  cert: string
  /** The names and addresses it is good for, such as `localhost` and `127.0.0.1`. */
  names: string[]
  /** The moment after which browsers refuse it. */
  until: Date
}

/**
 * Makes `certs/privkey.pem` and `certs/cert.pem` when neither is there. What is there is never overwritten.
 *
 * @param root the project's folder, absolute
 * @throws UsageError when only one of the two files is there, when they do not belong together, or when the
 *   folder can't be written
 */
export async function ensureCerts(root: string): Promise<Certs> {
  if (filesThere(root) === 2) return readCerts(root)
  try {
    return await withLock(join(root, '.workshop', 'certs.lock'), async () => {
      const there = await findCerts(root)
      if (!there) await make(root)
      return there ?? { ...(await readCerts(root)), made: true }
    })
  } catch (error) {
    throw writeError('certs/', error)
  }
}

/** The certificate that is there, or undefined when there is none. Makes nothing; throws as `ensureCerts` does. */
export async function findCerts(root: string): Promise<Certs | undefined> {
  if (filesThere(root) === 0) return undefined
  if (filesThere(root) === 1) throw new UsageError(onlyOne(root))
  return readCerts(root)
}

function pathsOf(root: string): { key: string; cert: string } {
  return { key: join(root, 'certs', 'privkey.pem'), cert: join(root, 'certs', 'cert.pem') }
}

function filesThere(root: string): number {
  return Object.values(pathsOf(root)).filter((path) => existsSync(path)).length
}

async function readCerts(root: string): Promise<Certs> {
  const { key, cert } = pathsOf(root)
  const certificate = await parse(cert, (text) => new X509Certificate(text))
  const privateKey = await parse(key, (text) => createPrivateKey(text))
  if (!certificate.checkPrivateKey(privateKey)) throw new UsageError(mismatch)
  return {
    made: false,
    key,
    cert,
    names: namesOf(certificate),
    until: new Date(certificate.validTo),
  }
}

/** Node writes `DNS:localhost, IP Address:0:0:0:0:0:0:0:1` where people write `localhost` and `::1`. */
function namesOf({ subjectAltName = '' }: X509Certificate): string[] {
  const names = subjectAltName.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''))
  return names.filter(Boolean).map((name) => (name === '0:0:0:0:0:0:0:1' ? '::1' : name))
}

async function parse<T>(path: string, read: (text: string) => T): Promise<T> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  const shown = `certs/${basename(path)}`
  if (text === undefined) throw new UsageError(`${shown} can't be read. Give yourself the right to read it.`)
  try {
    return read(text)
  } catch {
    throw new UsageError(`${shown} is damaged. ${startOver}`)
  }
}

/**
 * Makes both files under other names first, so that no reader sees half a file. When the second can't be given
 * its name, the first is taken away again.
 */
async function make(root: string): Promise<void> {
  const { key, cert } = pathsOf(root)
  const draft = await mkdtemp(join(root, '.workshop', 'certs-'))
  const [newKey, newCert] = [join(draft, 'privkey.pem'), join(draft, 'cert.pem')]
  try {
    if (!(await makeWithOpenssl(draft, newKey, newCert))) await makeWithLibrary(newKey, newCert)
    await chmod(newKey, 0o600)
    await publish(newKey, key)
    await publish(newCert, cert).catch(async (error: unknown) => {
      await rm(key, { force: true })
      throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Gives a finished file its name; fails when a file of that name has come up meanwhile. */
async function publish(draft: string, path: string): Promise<void> {
  // Not every disk has hard links (FAT has none): there it becomes a copy.
  await link(draft, path).catch(() => copyFile(draft, path, constants.COPYFILE_EXCL))
}

/** False when there is no openssl here, or one that can't do this. */
async function makeWithOpenssl(draft: string, key: string, cert: string): Promise<boolean> {
  const config = join(draft, 'openssl.cnf')
  await writeFile(config, opensslConfig)
  const kind = ['-newkey', 'rsa:2048', '-nodes', '-sha256', '-days', String(validDays)]
  const args = ['req', '-x509', ...kind, '-config', config, '-keyout', key, '-out', cert]
  try {
    await promisify(execFile)('openssl', args, { timeout: 15_000, windowsHide: true })
    return existsSync(key) && existsSync(cert)
  } catch {
    return false
  }
}

async function makeWithLibrary(key: string, cert: string): Promise<void> {
  // Loaded only when it is needed: it takes longer than all the rest.
  const { generate } = await import('selfsigned')
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + validDays * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  })
  await writeFile(key, made.private, { mode: 0o600 })
  await writeFile(cert, made.cert)
}

/**
 * Browsers refuse a certificate of a public authority that is valid for more than 398 days, and Apple's one of
 * your own past 825. One day less than the stricter limit is right everywhere.
 */
const validDays = 397

/** Every extension is named here, because the defaults differ between the versions of openssl. */
const opensslConfig = `
[req]
prompt = no
distinguished_name = subject
x509_extensions = server
[subject]
CN = localhost
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, IP:127.0.0.1, IP:::1
`

const startOver = 'Move certs/privkey.pem and certs/cert.pem away, then type: npm run certs'

const mismatch = `The key in certs/privkey.pem does not belong to certs/cert.pem. ${startOver}`

function onlyOne(root: string): string {
  const { key } = pathsOf(root)
  const [there, missing] = existsSync(key) ? ['privkey.pem', 'cert.pem'] : ['cert.pem', 'privkey.pem']
  return `certs/${there} is there, but certs/${missing} is not. Bring it back, or move certs/${there} away and type: npm run certs`
}
