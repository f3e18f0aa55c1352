import { mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { errorCode, UsageError } from '../errors.ts'
import { shown } from './paths.ts'

/**
 * Runs `task` while holding the lock file at `path`, so that two commands in two terminals take turns.
 *
 * A lock that is older than 20 s was left by a command that was killed, and is taken over.
 *
 * @throws UsageError when the lock is not free within 30 s
 */
export async function withLock<T>(path: string, task: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true })
  await take(path)
  try {
    return await task()
  } finally {
    await rm(path, { force: true })
  }
}

async function take(path: string): Promise<void> {
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    try {
      const file = await open(path, 'wx')
      return await file.close()
    } catch (error) {
      // Windows answers EPERM for a moment while the file of the last holder is being deleted.
      const held =
        errorCode(error) === 'EEXIST' || (process.platform === 'win32' && errorCode(error) === 'EPERM')
      if (!held) throw error
    }
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > 20_000) await rm(path, { force: true })
    else await wait(10)
  }
  throw new UsageError(`Another command is still busy. If there is none, delete the file ${shown(path)}.`)
}
