import type { Runner } from './runner.ts'

/** How long Vitest may take to close, in milliseconds. */
const CLOSE_MS = 5000

/** What a shell reports for a program that a hang-up ended: 128 and the signal's number. */
const HUNG_UP = 129

/**
 * Closes Vitest at the end of a command. It never comes to an end when the terminal that its worker wrote to was
 * closed; by then every server is stopped, so the process can simply end.
 */
export async function closeRunner(runner: Runner): Promise<void> {
  const timer = setTimeout(() => process.exit(HUNG_UP), CLOSE_MS)
  await runner[Symbol.asyncDispose]()
  clearTimeout(timer)
}
