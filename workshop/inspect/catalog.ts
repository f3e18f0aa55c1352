/** Every finding that there is, as it is said of its example. */
import { visible } from '../../checks/wire/bytes.ts'
import { lintHead } from '../../checks/wire/head-rules.ts'
import { lint } from '../../checks/wire/lint.ts'
import { vectorBytes } from '../../checks/wire/vector.ts'
import { BYTE_EXAMPLES, HEAD_EXAMPLES, OTHER_EXAMPLES } from './examples.ts'
import { ofBytes, ofHead, type Remark, remark } from './remark.ts'
import { readHeads } from './saved-head.ts'
import type { InspectCode } from './words.ts'

export interface Entry {
  /** A stream with its line ends visible, a head, or what happens. */
  example: string
  finding: Remark
}

/** What is found in the bytes, in the head, and in all the rest. */
export function catalog(): Record<'bytes' | 'head' | 'rest', Entry[]> {
  return {
    bytes: Object.entries(BYTE_EXAMPLES).map(([code, stream]) => {
      const bytes = vectorBytes({ stream })
      const example = visible(bytes).replace(LINE_END, '$&\n').trimEnd()
      return { example, finding: found(code, lint(bytes, { complete: true }).map(ofBytes)) }
    }),
    head: Object.entries(HEAD_EXAMPLES).map(([code, example]) => {
      const { head } = readHeads(new TextEncoder().encode(example), true) ?? {}
      return { example, finding: found(code, head ? lintHead(head).map(ofHead) : []) }
    }),
    rest: Object.entries(OTHER_EXAMPLES).map(([code, [example, values]]) => ({
      example,
      finding: remark(code as InspectCode, values),
    })),
  }
}

function found(code: string, findings: readonly Remark[]): Remark {
  const finding = findings.find((each) => each.code === code)
  if (!finding) throw new Error(`The example of ${code} does not show it`)
  return finding
}

const LINE_END = /␍␊|␊|␍(?!␊)/g
