/** A stream taken apart, as plain data: what `--json` prints, and what every other view is made of. */
import type { Severity } from '../../checks/wire/wording.ts'
import type { DialectName } from './dialects/names.ts'
import type { Recording } from './recording.ts'
import { inOrder, type Remark, reaches, SEVERITIES } from './remark.ts'
import { shownValue } from './secrets.ts'

/** The name of a kind of report changes when what is in it does. */
const SCHEMA = 1

/** Something that was looked at, and needs no cure. */
export interface Fact {
  about: 'dialect' | 'again' | 'origin' | 'direct'
  says: string
}

export interface Report {
  schema: typeof SCHEMA
  /** What was read: method and address without secrets, or a file. */
  target: string
  /** The file, if it was one. */
  file?: string
  /** From which severity on a finding counts. */
  failOn: Severity
  /** No finding is as bad as `--fail-on` says. */
  passed: boolean
  counts: Record<Severity, number>
  head?: { status: number; version: string; ms: number; fields: (readonly [name: string, value: string])[] }
  body: {
    /** How many bytes came, and how many they are unpacked. */
    received: number
    bytes: number
    events: number
    comments: number
    lastEventId: string
    retry?: number
  }
  /** In milliseconds from the request on. */
  times: {
    head?: number
    firstByte?: number
    firstEvent?: number
    lastEvent?: number
    medianGap?: number
    longestSilence: number
    end: number
  }
  /** `left` and why, or how the server ended it. */
  end: { how: string; why?: string }
  dialect?: DialectName
  facts: Fact[]
  findings: Remark[]
  /** The address of the playground with head and body in it, where a link can hold them. */
  playground?: string
}

export function reportOf(
  recording: Recording,
  remarks: readonly Remark[],
  more: Pick<Report, 'target' | 'file' | 'failOn' | 'dialect' | 'facts' | 'playground'>,
): Report {
  const { head, times, ending, leftFor } = recording
  const findings = inOrder(remarks)
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, countOf(findings, severity)]))
  return {
    schema: SCHEMA,
    target: more.target,
    ...(more.file !== undefined && { file: more.file }),
    failOn: more.failOn,
    passed: !findings.some(({ severity }) => reaches(severity, more.failOn)),
    counts: counts as Report['counts'],
    ...(head && {
      head: { ...head, fields: head.fields.map(([name, value]) => [name, shownValue(name, value)] as const) },
    }),
    body: {
      received: recording.received,
      bytes: recording.bytes.length,
      events: times.events,
      comments: recording.comments,
      lastEventId: recording.lastEventId,
      ...(recording.retry !== undefined && { retry: recording.retry }),
    },
    times: rounded(times),
    end: { how: ending.how, ...(leftFor && ending.how === 'left' && { why: leftFor }) },
    ...(more.dialect && { dialect: more.dialect }),
    facts: more.facts,
    findings,
    ...(more.playground !== undefined && { playground: more.playground }),
  }
}

/** How many findings there are, those that are only counted included. */
function countOf(findings: readonly Remark[], severity: Severity): number {
  return findings
    .filter((finding) => finding.severity === severity)
    .reduce((sum, { more = 0 }) => sum + 1 + more, 0)
}

function rounded({
  head,
  firstByte,
  firstEvent,
  lastEvent,
  medianGap,
  longestSilence,
  end,
}: Recording['times']) {
  const entries = Object.entries({ head, firstByte, firstEvent, lastEvent, medianGap })
    .filter(([, ms]) => ms !== undefined)
    .map(([name, ms]) => [name, Math.round(ms as number)])
  return {
    ...Object.fromEntries(entries),
    longestSilence: Math.round(longestSilence.ms),
    end: Math.round(end),
  } as Report['times']
}
