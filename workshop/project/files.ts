import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { cp, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Every file below `folder`, as sorted relative paths with forward slashes; none when the folder is not there.
 *
 * @param skip names of entries of `folder` itself that are left out
 */
export function filesIn(folder: string, skip: readonly string[] = []): string[] {
  const found: string[] = []
  const visit = (inside: string) => {
    for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
      if (inside === '' && skip.includes(entry.name)) continue
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`
      if (entry.isDirectory()) visit(path)
      else found.push(path)
    }
  }
  try {
    visit('')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  return found.sort()
}

/** True when both folders have the same files, byte for byte. `skip` names entries of `a` that do not count. */
export function sameFiles(a: string, b: string, skip: readonly string[] = []): boolean {
  const files = filesIn(a, skip)
  if (files.join('\n') !== filesIn(b).join('\n')) return false
  return files.every((file) => readFileSync(join(a, file)).equals(readFileSync(join(b, file))))
}

/** Copies what is in `from` into `to`, byte for byte, links as links, overwriting nothing that is not named alike. */
export async function copyFolder(from: string, to: string, skip: readonly string[] = []): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const name of await readdir(from)) {
    if (skip.includes(name)) continue
    await cp(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true })
  }
}

/** Removes everything in `folder` but the entries named in `keep`. */
export async function emptyFolder(folder: string, keep: readonly string[]): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!keep.includes(name)) await rm(join(folder, name), { recursive: true, force: true })
  }
}

/** Writes a file so that a reader sees the old text or the new one whole, also after a power cut. */
export async function writeAtomic(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const fresh = `${path}.${randomUUID()}.tmp`
  try {
    const file = await open(fresh, 'wx')
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(fresh, path)
  } catch (error) {
    await rm(fresh, { force: true })
    throw error
  }
}
