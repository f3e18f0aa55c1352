/** Makes the certificate that the servers of the workshop use, and reads one. Lesson 01 makes one too, in its own way. */
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { copyFile, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** A key and its certificate. */
export interface Certs {
  /** The files, as absolute paths. */
  key: string
  cert: string
  /** The names and addresses it is good for, such as `localhost` and `127.0.0.1`. */
  names: string[]
  /** The moment after which browsers refuse it. */
  until: Date
  /** It was made by the workshop, and not by a learner. */
  isOurs: boolean
}

/** A key and a certificate as PEM. */
export interface Pair {
  key: string | Uint8Array
  cert: string | Uint8Array
}

/** What is in the folder can't be used. The message is a sentence that says why. */
export class CertsError extends Error {
  override name = 'CertsError'
}

/**
 * What is in the folder, or undefined when nothing is. Makes nothing.
 *
 * @throws CertsError when one of the two files is missing or damaged, or when they do not belong together
 */
export async function readCerts(folder: string): Promise<Certs | undefined> {
  const { key, cert } = pathsIn(folder)
  const there = [key, cert].filter((path) => existsSync(path))
  if (there.length === 0) return undefined
  if (there.length === 1) throw new CertsError(onlyOne(there[0] === key ? [key, cert] : [cert, key]))
  return certsOf(folder, leafOf({ key: await read(key), cert: await read(cert) }))
}

/**
 * The certificate of a pair.
 *
 * @throws CertsError when one of the two is damaged, or when they do not belong together
 */
export function leafOf({ key, cert }: Pair): X509Certificate {
  const certificate = parse('cert.pem', () => new X509Certificate(cert))
  const privateKey = parse('privkey.pem', () => createPrivateKey(Buffer.from(key)))
  if (!certificate.checkPrivateKey(privateKey)) throw new CertsError(MISMATCH)
  return certificate
}

/** Makes a pair of the workshop's own, and puts it into the folder as `writeCerts` does. */
export async function makeCerts(folder: string): Promise<Certs> {
  // Loaded only when it is needed: it takes longer than all the rest.
  const { generate } = await import('selfsigned')
  const subject = [
    { name: 'commonName', value: 'localhost' },
    { name: 'organizationName', value: OURS },
  ]
  const made = await generate(subject, {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + VALID_DAYS * 86_400_000),
    extensions: [
      // Whoever trusts it trusts it for these names alone: it can't sign a certificate for any other site.
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
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
  // A text file ends with a line end, and what is put behind this one begins a line of its own.
  return writeCerts(folder, { key: `${made.private.trimEnd()}\n`, cert: `${made.cert.trimEnd()}\n` })
}

/**
 * Writes a pair as `privkey.pem` and `cert.pem`. Overwrites nothing: when the second file can't be given its name, the
 * first is taken away again.
 *
 * @param folder absolute, and there already
 * @throws the system's error when a file is there, or can't be written
 */
export async function writeCerts(folder: string, pair: Pair): Promise<Certs> {
  const leaf = leafOf(pair)
  const { key, cert } = pathsIn(folder)
  await publish(key, pair.key, 0o600)
  await publish(cert, pair.cert, 0o644).catch(async (error: unknown) => {
    await rm(key, { force: true })
    throw error
  })
  return certsOf(folder, leaf)
}

/** Moves what is there of the two files into a new folder beside them. Answers with that folder. */
export async function setAside(folder: string): Promise<string> {
  const aside = join(folder, `old-${new Date().toISOString().replace(/[:.]/g, '-')}`)
  await mkdir(aside)
  for (const path of Object.values(pathsIn(folder))) {
    if (existsSync(path)) await rename(path, join(aside, basename(path)))
  }
  return aside
}

function certsOf(folder: string, certificate: X509Certificate): Certs {
  const isOurs = certificate.subject.split('\n').includes(`O=${OURS}`)
  return { ...pathsIn(folder), names: namesOf(certificate), until: certificate.validToDate, isOurs }
}

function pathsIn(folder: string): { key: string; cert: string } {
  return { key: join(folder, 'privkey.pem'), cert: join(folder, 'cert.pem') }
}

/** Writes a file under another name first, so that no reader sees half of it; fails when one of its name is there. */
async function publish(path: string, text: string | Uint8Array, mode: number): Promise<void> {
  const draft = join(path, '..', `${randomUUID()}.pem`)
  try {
    await writeFile(draft, text, { flag: 'wx', mode })
    // Not every disk has hard links (FAT has none): there it becomes a copy.
    await link(draft, path).catch(() => copyFile(draft, path, constants.COPYFILE_EXCL))
  } finally {
    await rm(draft, { force: true })
  }
}

/** Node writes `DNS:localhost, IP Address:0:0:0:0:0:0:0:1` where people write `localhost` and `::1`. */
function namesOf({ subjectAltName = '' }: X509Certificate): string[] {
  const names = subjectAltName.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''))
  return names.filter(Boolean).map((name) => (name === '0:0:0:0:0:0:0:1' ? '::1' : name))
}

async function read(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) throw new CertsError(`${shown(path)} can't be read.`)
  return text
}

function parse<T>(name: string, parsed: () => T): T {
  try {
    return parsed()
  } catch {
    throw new CertsError(`${shown(name)} is damaged.`)
  }
}

function onlyOne([there, missing]: [there: string, missing: string]): string {
  return `${shown(there)} is there, but ${shown(missing)} is not.`
}

/** A file as people read it: `certs/cert.pem`. */
function shown(path: string): string {
  return `certs/${basename(path)}`
}

/**
 * A little more than a year. Apple's systems trust a certificate of one's own for 825 days at most; the 200 days that
 * public authorities have are no rule for it.
 */
const VALID_DAYS = 397

/** Who the workshop's own certificates are made out to. */
const OURS = 'Server-Sent Events workshop'

const MISMATCH = 'The key in certs/privkey.pem does not belong to certs/cert.pem.'
