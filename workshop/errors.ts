/**
 * The workshop was used in a way that can't work: an unknown word, a busy port, a folder that can't be written.
 * Its message is the one line that the person at the keyboard reads: what is wrong, and what to type instead.
 * The command ends with exit code 2 and no stack trace.
 */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** The system's error code (`ENOENT`, `EADDRINUSE`, …), or '' for an error without one. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

/**
 * What to throw when a file or folder could not be written: a UsageError with a line that says so where the
 * system refused, and `error` itself where something else went wrong.
 *
 * @param path what was to be written, as the reader should see it
 */
export function writeError(path: string, error: unknown): unknown {
  const reason = refusals[errorCode(error)]
  return reason ? new UsageError(`${path} can't be written: ${reason}.`, { cause: error }) : error
}

const refusals: Record<string, string> = {
  EACCES: 'your account may not write there. Give yourself the right to write to the project folder',
  EPERM: 'the system does not allow it. Give yourself the right to write to the project folder',
  EROFS: 'this disk can only be read. Copy the project to another one',
  ENOSPC: 'the disk is full. Make some room first',
  EDQUOT: 'your share of the disk is full. Make some room first',
  EBUSY: 'another program is using it. Close that program first',
  ENOTDIR: 'a file stands where a folder must be. Rename that file first',
  EEXIST: 'a file stands where a folder must be. Rename that file first',
  EISDIR: 'a folder stands where a file must be. Rename that folder first',
}
