/** The linter's rule about `\n` that arrived as two characters. */

import type { Around } from './around.ts'
import { decode } from './bytes.ts'
import { isFieldName } from './field-names.ts'
import { isJson } from './json.ts'
import type { WireLine } from './lines.ts'
import { byteText, ending, type Spot } from './spot.ts'

export function literalLineEnd(line: WireLine, around: Around): Spot | undefined {
  if (!line.text.includes('\\n')) return undefined
  const match = LITERAL_LINE_END.exec(byteText(line))
  if (!match) return undefined
  const isField = line.kind === 'field' && isFieldName(line.name)
  // A line without a field name has a worse fault, unless it begins with the literal.
  if (line.kind === 'field' && !isField && match.index > 0) return undefined
  const isData = isField && line.name === 'data'
  // In JSON a backslash and an n are right: that is how JSON writes a line end.
  if (isData && (isJson(line.value) || around.isJson)) return undefined

  const followedByField = /[a-z]:$/.test(match[0])
  // A comment may say anything: it does harm only where it swallows a field, or never ends.
  if (line.kind === 'comment' && !followedByField && line.end !== 'none') return undefined
  const harmless = isData && around.dispatches && !followedByField
  const show = () => {
    const before = decode(line.raw.subarray(0, match.index))
    const lineEnds = match[0].split('\\n').length - 1
    return { wrongAt: match.index, should: before + ending(line).repeat(harmless ? 1 : lineEnds) }
  }
  // The message arrives, and its text might really end in these two characters.
  return { code: 'literal-backslash-n', severity: harmless ? 'warning' : 'error', line, show }
}

/**
 * Literal `\n` or `\r\n`, one or more, at the end of a line or before a field. At most four at a time, or a
 * long run of them would take quadratic time.
 */
const LITERAL_LINE_END = /(?<!\\)(?:(?:\\r)?\\n){1,4}(?:$|(?:data|event|id|retry):)/
