/** Runs a learner's program that is expected to end by itself. */
import type { LearnerServer } from './server.ts'
import type { Exit } from './types.ts'

/** How long a program that began to listen may still change its mind, in milliseconds. */
const LAST_MS = 300

/** Where a program to run comes from, and what gives it up. A check's context is one. */
export interface ProgramSource {
  /** A program that is held back before its first line. */
  hold(): LearnerServer
  signal: AbortSignal
}

/** What became of a program. */
export interface Ran {
  /** How it ended; undefined when it did not, and was stopped. */
  exit?: Exit
  /** The port it began to listen on, which is when it was stopped. */
  listening?: number
  /** What it printed. */
  output: string
  /** The process, which has ended by now. */
  program: LearnerServer
}

/**
 * Runs the program under check until it ends, listens on a port, or `ms` milliseconds have passed. Then it
 * and all that it started are stopped. The run's signal stops it at once.
 */
export async function runProgram(
  { hold, signal }: ProgramSource,
  env: Record<string, string>,
  ms: number,
): Promise<Ran> {
  signal.throwIfAborted()
  await using program = hold()
  program.run(env)
  const stop = () => void program.stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([program.diedWithin(ms), listens(program)])
    if (!program.exit) await program.diedWithin(LAST_MS)
    const { exit, probe } = program
    const address = exit ? undefined : probe.listening[0]?.address
    await program.stop()
    signal.throwIfAborted()
    const listening = typeof address === 'object' ? address.port : undefined
    return { exit, listening, output: program.output, program }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** The first line of a program's output that says something: lines without a word are openssl's progress. */
export function firstLine(output: string): string {
  const line = output.split(/\r?\n/).find((line) => /\p{L}{3}/u.test(line))
  return line?.trim().slice(0, 160) ?? '(nothing)'
}

/** Whether it printed a stack trace. */
export function hasStackTrace(output: string): boolean {
  return /^\s+at .+:\d+:\d+\)?$/m.test(output)
}

/** Resolves when the program listens on a port; when it never does, so does this, once it has ended. */
async function listens({ probe, exited }: LearnerServer): Promise<void> {
  let ended = false
  const end = exited.then(() => {
    ended = true
  })
  while (!ended && probe.listening.length === 0) await Promise.race([probe.news, end])
}
