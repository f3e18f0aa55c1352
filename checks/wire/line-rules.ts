/** The linter's rules about one line: its field name, then its value. */

import { firstInvalidUtf8 } from './bytes.ts'
import { FIELD_NAMES, meantField } from './field-names.ts'
import type { Block, FieldLine, WireLine } from './read.ts'
import { ending, type Spot } from './spot.ts'

// One character for each byte: positions are byte offsets, and ASCII reads as itself.
const latin1 = new TextDecoder('latin1')

/**
 * What is wrong with a line, if anything: the first thing only, since the rest often follows from it.
 *
 * @param settled false when the line's block is still being written
 */
export function lineSpot(line: WireLine, block: Block, settled: boolean): Spot | undefined {
  if (line.kind === 'blank') return undefined
  return (
    (settled && literalLineEnd(line, block)) ||
    (line.kind === 'field' && (nameSpot(line) ?? valueSpot(line))) ||
    invalidUtf8(line) ||
    undefined
  )
}

function nameSpot(line: FieldLine): Spot | undefined {
  const { name, text } = line
  if (FIELD_NAMES.has(name)) return undefined
  const end = ending(line)
  const spot = { line, wrongAt: 0, name, should: `data: ${text}${end}` }
  if (name.startsWith('\uFEFF')) {
    return { ...spot, code: 'bom-mid-stream', should: text.replace(/^\uFEFF+/, '') + end }
  }
  if (/^[ \t]+$/.test(text)) return { ...spot, code: 'spaces-for-blank', should: end }

  const meant = name.trim().toLowerCase()
  if (FIELD_NAMES.has(meant)) {
    const repaired = { ...spot, meant, should: meant + text.slice(name.length) + end }
    if (name !== name.trimStart()) return { ...repaired, code: 'leading-space' }
    const capital = name.search(/[A-Z]/)
    if (capital >= 0) return { ...repaired, code: 'letter-case', wrongAt: capital }
    return { ...repaired, code: 'space-before-colon', wrongAt: meant.length }
  }

  // `2026-01-01T12:00:00Z`, `{"a":1}` and `https://…` have colons, and are texts all the same.
  if (!line.colon || !/^[a-z][\w.-]*$/i.test(name) || text.startsWith('//', name.length + 1)) {
    return { ...spot, code: 'no-field-name' }
  }
  const near = meantField(name)
  if (near === undefined) return { ...spot, code: 'unknown-field' }
  return { ...spot, code: 'misspelt-field', meant: near, should: near + text.slice(name.length) + end }
}

function valueSpot(line: FieldLine): Spot | undefined {
  const valueAt = line.valueOffset - line.offset
  const beforeValue = line.colon ? line.text.slice(0, line.text.length - line.value.length) : `${line.name}: `
  const end = ending(line)
  if (line.name === 'retry' && !/^[0-9]+$/.test(line.value)) {
    const [digits = '2000'] = line.value.match(/[0-9]+/) ?? []
    const wrongAt = valueAt + Math.max(0, line.value.search(/[^0-9]/))
    return { code: 'retry-not-digits', line, wrongAt, should: beforeValue + digits + end }
  }
  if (line.name === 'id' && line.value.includes('\0')) {
    const should = beforeValue + line.value.replaceAll('\0', '') + end
    return { code: 'id-with-nul', line, wrongAt: line.raw.indexOf(0), should }
  }
  return undefined
}

function literalLineEnd(line: WireLine, block: Block): Spot | undefined {
  const bytes = latin1.decode(line.raw)
  const match = LITERAL_LINE_END.exec(bytes)
  if (!match) return undefined
  const isField = line.kind === 'field' && FIELD_NAMES.has(line.name)
  // A line without a field name has a worse fault, unless it begins with the literal.
  if (line.kind === 'field' && !isField && match.index > 0) return undefined
  if (isField && line.name === 'data' && isJson(line.value, block)) return undefined

  const followedByField = /[a-z]:$/.test(match[0])
  // A comment may say anything: it does harm only where it swallows a field, or never ends.
  if (line.kind === 'comment' && !followedByField && line.end !== 'none') return undefined
  const harmless = isField && line.name === 'data' && block.dispatches && !followedByField
  const before = new TextDecoder().decode(line.raw.subarray(0, match.index))
  const lineEnds = match[0].split('\\n').length - 1
  return {
    code: 'literal-backslash-n',
    // The message arrives, and its text might really end in these two characters.
    severity: harmless ? 'warning' : 'error',
    line,
    wrongAt: match.index,
    should: before + ending(line).repeat(harmless ? 1 : lineEnds),
  }
}

/** In JSON a backslash and an n are right: that is how JSON writes a line end. */
function isJson(value: string, block: Block): boolean {
  if (parsesAsJson(value)) return true
  // JSON on several lines begins like this, and is whole only in a whole block.
  const [first, ...rest] = block.lines.filter((line) => line.kind === 'field' && line.name === 'data')
  if (!block.dispatches || first?.kind !== 'field' || !/^\s*[[{]/.test(first.value)) return false
  return parsesAsJson([first, ...rest].map((line) => (line.kind === 'field' ? line.value : '')).join('\n'))
}

function parsesAsJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function invalidUtf8(line: WireLine): Spot | undefined {
  if (!line.text.includes('\uFFFD')) return undefined
  const wrongAt = firstInvalidUtf8(line.raw)
  if (wrongAt === -1) return undefined
  return { code: 'invalid-utf8', line, wrongAt, should: line.text.replace(/\uFFFD+/g, '…') + ending(line) }
}

/**
 * Literal `\n` or `\r\n`, one or more, at the end of a line or before a field. At most four at a time, or a
 * long run of them would take quadratic time.
 */
const LITERAL_LINE_END = /(?<!\\)(?:(?:\\r)?\\n){1,4}(?:(?=[\r\n]|$)|(?:data|event|id|retry):)/
