/** The linter's rules about what is no event stream at all: one finding says it, in place of one for each line. */

import { jsonEnd } from './json.ts'
import { endOfText, LineReader, type Source, type WireLine } from './lines.ts'
import { ending, type Spot } from './spot.ts'
import { PAGE } from './stream-rules.ts'

/** @param complete false when more bytes may come */
export function bodySpot(source: Source, complete: boolean): Spot | undefined {
  return compressedSpot(source) ?? htmlSpot(source) ?? jsonSpot(source, complete)
}

function compressedSpot(source: Source): Spot | undefined {
  const format = FORMATS.find(({ begins }) => begins.every((byte, index) => source.bytes[index] === byte))
  return format && instead('compressed-body', source, () => 'data: …', format.name)
}

function htmlSpot(source: Source): Spot | undefined {
  return PAGE.test(source.text) ? instead('html-instead', source, () => 'data: …') : undefined
}

function jsonSpot(source: Source, complete: boolean): Spot | undefined {
  const kind = jsonKind(source.text, complete)
  if (!kind) return undefined
  if (kind === 'long') return instead('json-instead', source, () => 'data: {…}')
  if (kind === 'short') return instead('json-instead', source, ({ text }) => `data: ${text}`)
  return instead('ndjson-instead', source, (line) => `data: ${line.text}${ending(line)}`)
}

/** It is shown at the first line with something in it. */
function instead(
  code: Spot['code'],
  source: Source,
  should: (line: WireLine) => string,
  name?: string,
): Spot | undefined {
  const reader = new LineReader(source)
  for (let line = reader.next(); line; line = reader.next()) {
    if (line.text.trim() === '') continue
    const repaired = should(line) + ending(line)
    return { code, line, show: () => ({ wrongAt: 0, should: repaired, name }) }
  }
  return undefined
}

/**
 * What a text is that holds JSON and nothing else: one document in one line or in several, or a document in each line.
 * The last one may be cut off. A line of JSON with a blank line behind it was meant as a message: it lacks no more
 * than its `data: `, and is not for this rule.
 */
function jsonKind(text: string, complete: boolean): 'short' | 'long' | 'lines' | undefined {
  let documents = 0
  let isLong = false
  let isFramed = false
  for (let at = skipSpace(text, 0); at < text.length; documents++) {
    const end = text[at] === '{' || text[at] === '[' ? jsonEnd(text, at) : -1
    if (end === -1) return undefined
    if (end === Infinity) {
      if (documents === 0 && !isBeginning(text, at, complete)) return undefined
      isLong ||= documents === 0
      at = text.length
      continue
    }
    const lineEnd = endOfText(text, at)
    isLong ||= lineEnd < end
    at = skipSpace(text, end)
    if (at < text.length && endOfText(text, end) >= at) return undefined
    isFramed ||= BLANK_LINE.test(text.slice(end, at))
  }
  if (isLong) return 'long'
  if (isFramed || documents === 0) return undefined
  if (documents > 1) return 'lines'
  return complete ? 'short' : undefined
}

/** Whether a text that no bracket closes is the beginning of a document, and not of a stream with a bracket in it. */
function isBeginning(text: string, at: number, complete: boolean): boolean {
  return (
    (complete || endOfText(text, at) < text.length) &&
    OPENING.test(text.slice(at, at + 99)) &&
    !FIELD.test(text)
  )
}

function skipSpace(text: string, from: number): number {
  let index = from
  while (index < text.length && SPACE.includes(text[index] as string)) index++
  return index
}

/** How compressed bytes begin: RFC 1952 § 2.3.1, RFC 8878 § 3.1.1, and RFC 1950 § 2.2 as programs write it. */
const FORMATS = [
  { name: 'gzip', begins: [0x1f, 0x8b] },
  { name: 'zstd', begins: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: 'deflate', begins: [0x78, 0x9c] },
  { name: 'deflate', begins: [0x78, 0xda] },
]

const SPACE = ' \t\r\n\uFEFF'
const BLANK_LINE = /\n\n|\n\r|\r\r/
const OPENING = /^[[{]\s*["{[\d-]/
const FIELD = /(?:^|[\n\r])(?:data|event|id|retry)?:/
