/** What the linter hands on: findings in words, the first few of each kind. */

import { type ByteExcerpt, excerpt } from './bytes.ts'
import type { Spot } from './spot.ts'
import { type FindingCode, type Reference, type Severity, STANDARD, WORDS, type Words } from './words.ts'

/** One thing worth saying about the bytes of a stream. */
export interface Finding {
  code: FindingCode
  /**
   * `error`: something is lost, or was meant otherwise. `warning`: suspicious. `note`: right, and worth knowing, for
   * instance since common clients stumble over it.
   */
  severity: Severity
  /** Where it goes wrong, in bytes from the start of the stream. */
  offset: number
  /** The line, from 1. */
  line: number
  excerpt: ByteExcerpt
  /** What happened, for the learner. */
  says: string
  /** What to do about it. */
  fix: string
  /** Where the standard says so, if it does. */
  standard?: Reference
  /** How many more there are of this code and severity. Only the last one that is told has it. */
  more?: number
}

/** So many findings of one code and severity are told. The rest is counted. */
export const TOLD = 3

/** Collects what the rules find. */
export class Tally {
  #findings: Finding[] = []
  #kinds: Record<Severity, Map<FindingCode, { last: Finding; count: number }>> = {
    error: new Map(),
    warning: new Map(),
    note: new Map(),
  }

  add(spot: Spot): Severity {
    const severity = spot.severity ?? WORDS[spot.code].severity
    const kinds = this.#kinds[severity]
    const kind = kinds.get(spot.code)
    if (kind && kind.count >= TOLD) {
      kind.count++
      kind.last.more = kind.count - TOLD
      return severity
    }
    const finding = toFinding(spot, severity)
    this.#findings.push(finding)
    kinds.set(spot.code, { last: finding, count: (kind?.count ?? 0) + 1 })
    return severity
  }

  /** Takes over what another tally has, of other codes. */
  take(other: Tally): void {
    this.#findings.push(...other.#findings)
  }

  /** Everything that is told, in the order of the bytes. */
  inOrder(): Finding[] {
    return this.#findings.sort((a, b) => a.offset - b.offset)
  }
}

function toFinding(spot: Spot, severity: Severity): Finding {
  const { code, line } = spot
  const { wrongAt, should, name = '', meant = '' } = spot.show()
  const words: Words = WORDS[code]
  const shortName = name.length > 30 ? `${name.slice(0, 30)}…` : name
  const fill = (text: string) => text.replaceAll('{name}', () => shortName).replaceAll('{meant}', () => meant)
  return {
    code,
    severity,
    offset: line.offset + wrongAt,
    line: line.number,
    excerpt: excerpt({ line: line.raw, wrongAt, should }),
    says: fill(words.says),
    fix: fill(words.fix),
    ...(words.standard && { standard: STANDARD[words.standard] }),
  }
}
