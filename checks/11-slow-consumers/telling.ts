/** How what was found is told. */
import type { Report } from '../support/failure.ts'
import type { Trouble } from './flood.ts'
import type { Found, Name } from './stages.ts'

/** Where the learner's code writes to the event streams. */
export const WRITTEN = { call: 'write', path: '/events' } as const

/** Where it ends one of them. */
export const ENDED = { call: 'end', path: '/events' } as const

/** Somebody who reads, or who sends, was harmed. */
export function othersFound(trouble: Trouble): Found {
  return { check: 'others', report: reportOf(trouble) }
}

function reportOf({ kind, received }: Trouble): Report {
  const expected = 'each message once, and at once, for a client that reads, while another one does not'
  const fault = kind === 'order' || kind === 'torn' ? 'lost' : kind
  return { expected, received, fault, at: WRITTEN }
}

export function foundAs(check: Name, report: Report | undefined): Found | undefined {
  return report && { check, report }
}

/** A number of bytes as a learner reads it. */
export function kib(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.round(bytes / 1024)} KiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
