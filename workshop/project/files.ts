import { randomUUID } from 'node:crypto'
import { constants, readdirSync, readFileSync, statSync } from 'node:fs'
import { copyFile, link, lstat, mkdir, open, readdir, readlink, rename, rm, symlink } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'

/** A path as the system knows it: on Unix any bytes are a name, whether they are UTF-8 or not. */
export type Path = string | Buffer

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
  return files.every((file) => sameFile(join(a, file), join(b, file)))
}

/** What is no file, or can't be read, is like nothing else: a pipe or a device would be read for ever. */
function sameFile(a: string, b: string): boolean {
  try {
    return isFile(a) && isFile(b) && readFileSync(a).equals(readFileSync(b))
  } catch {
    return false
  }
}

/** Whether a path leads to a regular file: not to a folder, a pipe or a device, and not to nothing. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Copies a file, or a folder with all that is in it: byte for byte, links as links. `to` may not be there yet. */
export async function copy(from: Path, to: Path): Promise<void> {
  const stats = await lstat(from)
  if (stats.isDirectory()) {
    await mkdir(to, { recursive: true })
    for (const name of await readdir(from, 'buffer')) await copy(within(from, name), within(to, name))
  } else if (stats.isSymbolicLink()) {
    await symlink(await readlink(from, 'buffer'), to)
  } else if (stats.isFile()) {
    await copyFile(from, to, constants.COPYFILE_FICLONE)
  } else {
    await link(from, to) // a pipe or a socket has no content, but it can have a second name
  }
}

/** The path of what is named `name` in `folder`. */
export function within(folder: Path, name: Path): Buffer {
  return Buffer.concat([Buffer.from(folder), Buffer.from(sep), Buffer.from(name)])
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
