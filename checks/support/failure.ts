/** How a check says what is wrong: it throws what it saw, and the manifest adds the words. */
import type { CheckManifest } from '../manifest.ts'
import type { Failure, Place } from '../verdict.ts'
import type { ByteExcerpt } from '../wire/bytes.ts'
import type { Call } from './server/types.ts'

/** What a check knows about the fault that it found. */
export interface Report {
  expected: string
  received: string
  /** The name of one of the manifest's `faults`, where its words fit better than the check's own. */
  fault?: string
  /** Words made from what was received, in place of the manifest's. */
  why?: string
  fix?: string
  /** A command made from what was asked, in place of the manifest's; empty where none would show it. */
  try?: string
  bytes?: ByteExcerpt
  /** Where in the learner's code the fault is, or what to look up there: the first of the calls that was made. */
  at?: Place | Call | readonly Call[]
}

/** Thrown when the server was understood, and is wrong. */
export class Fail extends Error {
  override name = 'Fail'
  report: Report
  /** The place that `at` of the report stands for, once it was looked up. */
  place?: Place

  constructor(report: Report) {
    super(`expected ${report.expected}, received ${report.received}`)
    this.report = report
  }
}

/** Thrown when a check can't be made here, for a reason that is no fault of the server. */
export class NotRun extends Error {
  override name = 'NotRun'
}

/** Thrown when what a check looks at came to its end before its question: a check behind it fails, and tells why. */
export class NotReached extends Error {
  override name = 'NotReached'
}

/** Thrown when the failure is already in the learner's words: the server died, or never started. */
export class Misfortune extends Error {
  override name = 'Misfortune'
  failure: Failure

  constructor(failure: Failure) {
    super(failure.received)
    this.failure = failure
  }
}

/** The failure to show for what a check threw. An error of ours is shown by its message alone, never with a stack. */
export function failureFrom(error: unknown, id: string, words: CheckManifest): Failure {
  if (error instanceof Misfortune) return { ...error.failure, try: error.failure.try ?? words.try }
  if (!(error instanceof Fail)) {
    const received = error instanceof Error ? error.message : String(error)
    return { expected: words.says, received, why: words.why, fix: words.fix, try: words.try }
  }
  const { report, place: at } = error
  const { expected, received, fault, why, fix, bytes } = report
  const said = fault === undefined ? words : words.faults?.[fault]
  if (!said) throw new Error(`${id} has no fault named ${fault}`)
  const command = report.try ?? said.try ?? words.try
  return { expected, received, why: why ?? said.why, fix: fix ?? said.fix, try: command, bytes, at }
}
