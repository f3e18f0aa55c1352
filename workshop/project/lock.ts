import { access, constants, mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { errorCode, UsageError } from '../errors.ts'

/** How long a lock is waited for, in milliseconds. */
const PATIENCE_MS = 30_000

/** SQLite's result code for a database that somebody else has locked. */
const SQLITE_BUSY = 5

/**
 * Runs `task` while holding the lock file at `path`, so that two commands in two terminals take turns.
 *
 * Node can't lock a file, but SQLite, which Node brings, can: the file is an empty database, and a transaction that
 * excludes all others is the lock. The system itself gives it back when its holder ends, however that ends, so nobody
 * has to guess whether a lock was left behind. No one may open the file in any other way: on Unix, closing it would
 * give the lock back.
 *
 * @throws UsageError when the lock is not free within 30 s
 */
export async function withLock<T>(path: string, task: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, '', { flag: 'wx' }).catch(async (error) => {
    if (errorCode(error) !== 'EEXIST') throw error
    await access(path, constants.R_OK | constants.W_OK) // tells what SQLite would not
  })
  using _held = await take(path)
  return await task()
}

async function take(path: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await import('node:sqlite')
  const deadline = Date.now() + PATIENCE_MS
  while (Date.now() < deadline) {
    const database = new DatabaseSync(path, { timeout: 0 })
    try {
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE') // nothing is written, on a full disk either
      return database
    } catch (error) {
      database.close()
      if (!(error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY)) throw error
    }
    await wait(10)
  }
  throw new UsageError('Another command is still at work on the same files. Let it end, or end it.')
}
