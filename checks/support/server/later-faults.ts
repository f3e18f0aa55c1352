/**
 * What a learner is told when their server ends later, or stands still: one entry each, words only. `death.ts` finds
 * out which one it is.
 */

import type { Failure, Place } from '../../verdict.ts'
import type { Cure } from './cures.ts'

const STAYS_UP = 'a server that stays up'

export const died = (error: string, cure?: Cure, at?: Place): Failure => ({
  expected: STAYS_UP,
  received: error,
  why:
    cure?.why ??
    'Nothing caught this error, so Node ended the process, and every client lost its connection.',
  fix: cure?.fix ?? 'Correct what the error names, or catch it where it can happen.',
  at,
})

export const rejected = (error: string, cure?: Cure, at?: Place): Failure => ({
  expected: STAYS_UP,
  received: error,
  why: cure?.why ?? 'A promise was rejected and nothing handled that, so Node ended the process.',
  fix: cure?.fix ?? 'Await the promise inside try … catch, or give it a .catch().',
  at,
})

export const swallowed = (error: string, cure?: Cure, at?: Place): Failure => ({
  expected: 'no error that reaches the whole process',
  received: error,
  why: "Nothing caught this error where it was thrown. A listener of 'uncaughtException' keeps the process alive, but Node does not promise that it works on: what was under way is left half done.",
  fix: cure?.fix ?? 'Correct what the error names, or catch it where it can happen.',
  at,
})

export const exited = (code: number | null): Failure => ({
  expected: STAYS_UP,
  received: `the process ended during the check, with exit code ${code}`,
  why: 'A server runs until it is told to stop. Every client lost its connection.',
  fix: 'Look for process.exit(), or a server.close() that leaves nothing to wait for.',
})

export const killed = (signal: string): Failure => ({
  expected: STAYS_UP,
  received: `the process was ended by the signal ${signal}`,
  why: 'A signal comes from outside of the program, or from a call of process.kill() or process.abort().',
  fix: 'Look for such a call; without one, run the check again.',
})

export const broke = (signal: string): Failure => ({
  expected: STAYS_UP,
  received: `Node itself broke, with the signal ${signal}`,
  why: 'No JavaScript should be able to do that: it is a fault of Node, or of a package with native code.',
  fix: 'Run the check again. If it comes back, look for respondWithFile(): Node 26 can break when a client leaves while it sends. Read the file yourself.',
})

export const tooBig: Failure = {
  expected: 'a server that needs a bounded amount of memory',
  received: 'the process needed too much memory and was ended',
  why: 'What a program keeps a reference to, in an array, a Map or a queue, can not be freed.',
  fix: 'Look for something that grows with every turn of a loop or a timer, and is never made smaller.',
}

export const busy: Failure = {
  expected: 'a server that answers within 500 ms',
  received: 'the process runs, but its event loop is blocked',
  why: 'Node runs one piece of your code at a time. A loop that never ends stops every client.',
  fix: 'Look for a while or for loop that can not end, in the code that handles a request or that follows listen().',
}
