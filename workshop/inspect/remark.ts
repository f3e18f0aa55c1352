/** One thing worth saying about a stream, whatever it is about. Plain data. */
import type { ByteExcerpt } from '../../checks/wire/bytes.ts'
import type { HeadFinding } from '../../checks/wire/head-rules.ts'
import type { Finding } from '../../checks/wire/lint.ts'
import { type Reference, type Severity, STANDARD } from '../../checks/wire/wording.ts'
import { fill } from './fill.ts'
import { INSPECT_WORDS, type InspectCode } from './words.ts'
import { AGAIN_WORDS, DIALECT_WORDS, DIRECT_WORDS, ORIGIN_WORDS } from './words-more.ts'
import { CONNECTION_WORDS } from './words-times.ts'

export type Area = 'connection' | 'head' | 'bytes' | 'time' | 'direct' | 'again' | 'origin' | 'dialect'

export interface Remark {
  code: string
  severity: Severity
  area: Area
  says: string
  fix: string
  standard?: Reference
  /** A line as it came, with its first wrong character, and as it should be. */
  excerpt?: ByteExcerpt
  /** Where it is in the body, unpacked: in bytes from its start, and in lines from 1. */
  offset?: number
  line?: number
  /** How many more there are of the kind. */
  more?: number
}

/** A remark in the words of its code. */
export function remark(
  code: InspectCode,
  values: Record<string, string | undefined> = {},
  more: Partial<Remark> = {},
): Remark {
  const words = fill(INSPECT_WORDS[code], values)
  return {
    code,
    severity: words.severity,
    area: areaOf(code),
    says: words.says,
    fix: words.fix,
    ...(words.standard && { standard: STANDARD[words.standard] }),
    ...more,
  }
}

export function ofHead({ field, ...finding }: HeadFinding): Remark {
  return { ...finding, area: 'head', ...(field && { excerpt: field }) }
}

export function ofBytes({ excerpt, ...finding }: Finding): Remark {
  return { ...finding, area: 'bytes', excerpt }
}

/** The most important first; what is as important, in the order in which it happened. */
export function inOrder(remarks: readonly Remark[]): Remark[] {
  return [...remarks].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      AREAS.indexOf(a.area) - AREAS.indexOf(b.area) ||
      (a.offset ?? 0) - (b.offset ?? 0),
  )
}

/** Whether one severity is at least as bad as another. */
export function reaches(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least)
}

function areaOf(code: InspectCode): Area {
  if (code in CONNECTION_WORDS) return 'connection'
  if (code in AGAIN_WORDS) return 'again'
  if (code in ORIGIN_WORDS) return 'origin'
  if (code in DIRECT_WORDS) return 'direct'
  return code in DIALECT_WORDS ? 'dialect' : 'time'
}

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note']

/** In the order in which they are told. */
export const AREAS: readonly Area[] = [
  'connection',
  'head',
  'direct',
  'bytes',
  'dialect',
  'time',
  'again',
  'origin',
]
