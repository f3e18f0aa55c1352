import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder that is removed at the end of its scope. */
export interface TemporaryFolder extends AsyncDisposable {
  path: string
}

/** A new folder with these files in it; a file's name may have folders in front. */
export async function temporaryFolder(files: Record<string, string> = {}): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'wörk shop-'))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), text)
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
