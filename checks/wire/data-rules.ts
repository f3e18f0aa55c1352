/** The linter's rules about the text of a data line: what arrives, and was most likely meant otherwise. */

import { type Around, lossOf } from './around.ts'
import { decode } from './bytes.ts'
import { jsonEnd } from './json.ts'
import type { FieldLine } from './lines.ts'
import { byteText, ending, type Spot } from './spot.ts'

export function dataSpot(line: FieldLine, around: Around): Spot | undefined {
  return framed(line, around) ?? runTogether(line, around) ?? pythonRepr(line)
}

/**
 * A line of a stream inside data: `data: data: x`, `data: : ping`. A text may have such a line too, so the lines
 * before it in the message must be of that kind, and one finding a message says it.
 */
function framed(line: FieldLine, around: Around): Spot | undefined {
  const { value } = line
  if (!around.isWrapped || value === '') return undefined
  around.isWrapped = FRAMED.test(value)
  if (!around.isWrapped) return undefined
  const isTwice = value.startsWith('data:') && !DATA_URL.test(value)
  if (!isTwice && !COMMENT.test(value)) return undefined
  around.isWrapped = false
  const show = () => ({ wrongAt: line.valueOffset - line.offset, should: value + ending(line) })
  return { code: isTwice ? 'framed-twice' : 'comment-in-data', line, show }
}

/** `data: {"a":1}data: {"a":2}`: a whole message, and at once the next one. */
function runTogether(line: FieldLine, around: Around): Spot | undefined {
  if (!line.value.includes('data:')) return undefined
  const bytes = byteText(line)
  const start = line.valueOffset - line.offset
  const end = endOfMessage(bytes, start)
  FIELD.lastIndex = end
  if (end <= start || !FIELD.test(bytes)) return undefined
  const show = () => ({ wrongAt: end, should: decode(line.raw.subarray(0, end)) + ending(line).repeat(2) })
  return { code: 'run-together', severity: lossOf(around), line, show }
}

/** Where a text ends that is JSON, a time, a number or [DONE]; of other texts nobody can tell. */
function endOfMessage(text: string, start: number): number {
  const end = jsonEnd(text, start)
  if (end !== -1) return end
  PLAIN.lastIndex = start
  return PLAIN.test(text) ? PLAIN.lastIndex : -1
}

function pythonRepr(line: FieldLine): Spot | undefined {
  const { value } = line
  if (!PYTHON_DICT.test(value)) return undefined
  const show = () => {
    const wrongAt = line.valueOffset - line.offset + value.indexOf("'")
    const json = value.replaceAll("'", '"').replace(PYTHON_WORDS, (word) => JSON_WORDS[word] ?? word)
    return { wrongAt, should: line.text.slice(0, line.text.length - value.length) + json + ending(line) }
  }
  return { code: 'python-repr', line, show }
}

const FRAMED = /^(?:(?:data|event|id|retry):|:)/

/** `:)` is a smile, and `:+1:` one thumb. */
const COMMENT = /^:(?: |$)/

/** RFC 2397: `data:image/png;base64,…`, `data:,hello`. */
const DATA_URL = /^data:(?:[\w.+-]+\/[\w.+-]+)?(?:;[\w.+-]+(?:=[^;,\s]*)?)*,/

const FIELD = /(?:data|event|id|retry):/y

const PLAIN = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)|-?\d+(?:\.\d+)?|\[DONE\]/y

/** Also inside lists and tuples. */
const PYTHON_DICT = /^[[(]{0,9}\{'[^']*': /

const PYTHON_WORDS = /\b(?:True|False|None)\b/g
const JSON_WORDS: Record<string, string> = { True: 'true', False: 'false', None: 'null' }
