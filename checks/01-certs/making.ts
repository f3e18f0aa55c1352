/** Runs a learner's `make-certs.ts`, and reads what it made. */
import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ProgramSource, type Ran, runProgram } from '../support/server/program.ts'

/** How long making a certificate may take, in milliseconds. A long RSA key on a busy machine takes seconds. */
export const MAKING_MS = 10_000

/** The two files that every server of this workshop reads. */
export const KEY = 'privkey.pem'
export const CERT = 'cert.pem'

/** A file as the program left it. */
export interface MadeFile {
  name: string
  bytes: Buffer
  /** Its permissions: the last nine bits of `stat.mode`. */
  mode: number
}

export interface Made {
  ran: Ran
  /** The files in the folder, by name. */
  files: Map<string, MadeFile>
  /** The program wrote into the project's own `certs` folder, although `CERTS_DIR` named another. */
  elsewhere: boolean
}

/** Runs the program with `CERTS_DIR` set to an empty folder, which is gone again when this resolves. */
export async function makeCerts(context: ProgramSource & { root: string }): Promise<Made> {
  const folder = await mkdtemp(join(tmpdir(), 'certs-'))
  const own = join(context.root, 'certs', CERT)
  try {
    const before = await changed(own)
    const ran = await runProgram(context, { CERTS_DIR: folder }, MAKING_MS)
    return { ran, files: await readFiles(folder), elsewhere: before !== (await changed(own)) }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function readFiles(folder: string): Promise<Map<string, MadeFile>> {
  const files = new Map<string, MadeFile>()
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    const name = entry.isDirectory() ? `${entry.name}/` : entry.name
    const { mode } = await stat(path)
    if (entry.isFile()) await chmod(path, mode | 0o400) // what no one may read is told as that, and not as empty
    const bytes = await readFile(path).catch(() => Buffer.alloc(0))
    files.set(name, { name, bytes, mode: mode & 0o777 })
  }
  return files
}

/** When a file was last written, in milliseconds; undefined when there is none. */
async function changed(path: string): Promise<number | undefined> {
  const stats = await stat(path).catch(() => undefined)
  return stats?.mtimeMs
}
