/**
 * The run of this thread: what it was asked to check, and what is under check. Whoever imports this first starts the
 * shared server, which then comes up while the checks are still being loaded.
 */
import { inject } from 'vitest'
import { type Run, Subject } from './subject.ts'

declare module 'vitest' {
  interface ProvidedContext {
    run: Run
  }
}

export const run = inject('run')
export const subject = new Subject(run)
if (!run.gate) subject.begin()
