/**
 * The verdict: what a run of the checks found, as plain data.
 *
 * It crosses from Vitest's worker to the command, and from there to the terminal, JSON, JUnit and the site, so
 * everything here survives `JSON.stringify`.
 */

import type { ByteExcerpt } from './wire/bytes.ts'

/** A place in the learner's own code; `file` is relative to the project, `line` counts from 1. */
export interface Place {
  file: string
  line: number
}

/** Why a check failed, in the words a learner reads. */
export interface Failure {
  expected: string
  received: string
  why: string
  fix: string
  /** A command that shows the same thing outside the workshop. */
  try?: string
  bytes?: ByteExcerpt
  at?: Place
}

/** `not-run`: this target can't be asked; `not-reached`: something else failed before its question was asked. */
export type CheckState = 'passed' | 'failed' | 'not-run' | 'not-reached'

export interface CheckResult {
  /** Lesson and check: `03-headers/content-type`. */
  id: string
  /** What the server does when it is right. */
  says: string
  state: CheckState
  failure?: Failure
  /** Why the check was not run. */
  reason?: string
  /** How long it took, in milliseconds. */
  ms: number
}

export type TargetKind = 'lesson' | 'starter' | 'solution' | 'folder' | 'address'

export interface Verdict {
  schema: 1
  lesson: { number: number; slug: string; title: string }
  /** What was checked; `label` is a path relative to the project, or an address. */
  target: { kind: TargetKind; label: string }
  passed: boolean
  /** The lesson's own checks first, then those of the lessons before it. */
  checks: CheckResult[]
  /** Remarks that change no result, such as a type error in code that runs right. */
  notes: string[]
  /** What the learner's program printed, without its colours; long output is cut in the middle. */
  output: string
  /** Milliseconds from the start of the run to its last check. */
  ms: number
}

/** The first check that failed. */
export function firstFailed({ checks }: Verdict): CheckResult | undefined {
  return checks.find(({ state }) => state === 'failed')
}
