/** What the stream linter says of a stream, the first few of each kind. */
import { type Finding, type FindingCode, lint } from '../../../checks/wire/lint.ts'

export interface Remarks {
  count: number
  /** In the order of the bytes. */
  shown: Remark[]
}

export interface Remark extends Finding {
  /** How many more of its kind there are; told by the last one that is shown. */
  more: number
}

/** So many of a kind are shown. */
const OF_A_KIND = 3

export function remarksOn(bytes: Uint8Array): Remarks {
  const findings = lint(bytes, { complete: true })
  const seen = new Map<FindingCode, Remark[]>()
  const shown: Remark[] = []
  for (const finding of findings) {
    const kind = seen.get(finding.code) ?? []
    seen.set(finding.code, kind)
    const last = kind.at(-1)
    if (last && kind.length === OF_A_KIND) last.more++
    else {
      const remark = { ...finding, more: 0 }
      kind.push(remark)
      shown.push(remark)
    }
  }
  return { count: findings.length, shown }
}
