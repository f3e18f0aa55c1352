/** The linter's rules about one line: its field name, then its value. */

import { type Around, lossOf } from './around.ts'
import { firstInvalidUtf8 } from './bytes.ts'
import { dataSpot } from './data-rules.ts'
import {
  type Colonless,
  isEventName,
  isFieldName,
  meantField,
  plainName,
  withoutColon,
} from './field-names.ts'
import type { FieldLine, Source, WireLine } from './lines.ts'
import { literalLineEnd } from './literal-rules.ts'
import { ending, type Spot } from './spot.ts'

/** Tells what is wrong with a line, if anything: the first thing only, since the rest often follows from it. */
export type LineRule = (line: WireLine, around: Around) => Spot | undefined

/** The rules for the lines of a stream. What is nowhere in it is not looked for in each line. */
export function lineRules({ text }: Source): LineRule {
  const hasLiteral = text.includes('\\n')
  const hasReplacement = text.includes('\uFFFD')
  return (line, around) => {
    if (line.kind === 'blank') return undefined
    return (
      (hasLiteral && around.settled ? literalLineEnd(line, around) : undefined) ??
      (line.kind === 'field' ? (nameSpot(line, around) ?? valueSpot(line, around)) : undefined) ??
      (hasReplacement ? wrongCharacter(line) : undefined)
    )
  }
}

function nameSpot(line: FieldLine, around: Around): Spot | undefined {
  const { name, text } = line
  if (isFieldName(name)) return undefined
  if (PLAIN.test(name)) return line.colon ? otherName(line, around) : nameless(line, 'no-field-name')
  if (name.startsWith('\uFEFF')) return nameless(line, 'bom-mid-stream')
  if (text.charCodeAt(0) <= SPACE && /^[ \t]+$/.test(text)) return nameless(line, 'spaces-for-blank')

  const meant = plainName(name)
  if (isFieldName(meant)) {
    if (name !== name.trimStart()) return misnamed(line, 'leading-space', 0, meant)
    const capital = name.search(/[A-Z]/)
    if (capital >= 0) return misnamed(line, 'letter-case', capital, meant)
    return misnamed(line, 'space-before-colon', meant.length, meant)
  }
  const colonless = withoutColon(text)
  if (colonless && !(colonless.name === 'data' && around.hasText)) return missingColon(line, colonless)
  return line.colon && /^[a-z][\w.-]*$/i.test(name)
    ? otherName(line, around)
    : nameless(line, 'no-field-name')
}

/** A name that is no field's. */
function otherName(line: FieldLine, around: Around): Spot {
  const { name, text, value } = line
  // `https://…` has a colon, and is a text all the same; so are `2026-01-01T12:00:00Z` and `{"a":1}`.
  if (text.startsWith('//', name.length + 1)) return nameless(line, 'no-field-name')
  if (isEventName(name)) {
    const show = () => ({ wrongAt: 0, should: `event: ${name}\ndata: ${value}${ending(line)}`, name })
    return { code: 'event-as-field', severity: lossOf(around), line, show }
  }
  const meant = meantField(plainName(name))
  return meant === undefined ? nameless(line, 'unknown-field') : misnamed(line, 'misspelt-field', 0, meant)
}

/** The name is to be another one. */
function misnamed(line: FieldLine, code: Spot['code'], wrongAt: number, meant: string): Spot {
  const show = () => {
    const { name, text } = line
    return { wrongAt, should: meant + text.slice(name.length) + ending(line), name, meant }
  }
  return { code, line, show }
}

/** The name is right, and no colon stands behind it. */
function missingColon(line: FieldLine, { name, value }: Colonless): Spot {
  const meant = `${name}: ${value}`
  return {
    code: 'missing-colon',
    line,
    show: () => ({ wrongAt: name.length, should: meant + ending(line), name, meant: `${name}:` }),
  }
}

/** There is no name to repair. */
function nameless(line: FieldLine, code: Spot['code']): Spot {
  return {
    code,
    line,
    show: () => ({ wrongAt: 0, should: unnamed(code, line.text) + ending(line), name: line.name }),
  }
}

function unnamed(code: Spot['code'], text: string): string {
  if (code === 'spaces-for-blank') return ''
  return code === 'bom-mid-stream' ? text.replace(/^\uFEFF+/, '') : `data: ${text}`
}

function valueSpot(line: FieldLine, around: Around): Spot | undefined {
  if (line.name === 'data') return dataSpot(line, around)
  if (line.name === 'retry') return retrySpot(line)
  if (line.name !== 'id' || !line.value.includes('\0')) return undefined
  const should = () => beforeValue(line) + line.value.replaceAll('\0', '') + ending(line)
  return { code: 'id-with-nul', line, show: () => ({ wrongAt: line.raw.indexOf(0), should: should() }) }
}

function retrySpot(line: FieldLine): Spot | undefined {
  const { value } = line
  const isNumber = /^[0-9]+$/.test(value)
  if (isNumber && Number(value) >= SHORT_MS) return undefined
  const show = () => {
    const meant = meantTime(value)
    const wrongAt = line.valueOffset - line.offset + Math.max(0, value.search(/[^0-9]/))
    return {
      wrongAt,
      should: `${beforeValue(line)}${meant}${ending(line)}`,
      name: value,
      meant: `retry: ${meant}`,
    }
  }
  return { code: isNumber ? 'short-retry' : 'retry-not-digits', line, show }
}

/** The milliseconds that someone who wrote `3`, `2s` or `1.5` most likely meant. */
function meantTime(value: string): number {
  const [, number = '', unit = ''] = /([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*(m?s)?/i.exec(value) ?? []
  const isSeconds = unit === 's' || (unit === '' && Number(number) < SHORT_MS)
  return Math.round(Number(number) * (isSeconds ? 1000 : 1)) || USUAL_MS
}

/** The line up to its value, with the colon that it may lack. */
function beforeValue({ colon, name, text, value }: FieldLine): string {
  return colon ? text.slice(0, text.length - value.length) : `${name}: `
}

/** Bytes that are not UTF-8; or the character that stands for them, sent as text. */
function wrongCharacter(line: WireLine): Spot | undefined {
  const at = line.text.indexOf('\uFFFD')
  if (at === -1) return undefined
  const should = () => line.text.slice(0, at) + line.text.slice(at).replace(/\uFFFD+/g, '…') + ending(line)
  const wrongAt = firstInvalidUtf8(line.raw)
  if (wrongAt >= 0) return { code: 'invalid-utf8', line, show: () => ({ wrongAt, should: should() }) }
  // What a comment says reaches nobody.
  if (line.kind === 'comment') return undefined
  const show = () => ({ wrongAt: indexOfReplacement(line.raw), should: should() })
  return { code: 'replacement-character', line, show }
}

function indexOfReplacement(bytes: Uint8Array): number {
  let at = bytes.indexOf(0xef)
  while (at !== -1 && (bytes[at + 1] !== 0xbf || bytes[at + 2] !== 0xbd)) at = bytes.indexOf(0xef, at + 1)
  return at
}

/** What most names look like. */
const PLAIN = /^[a-z][a-z0-9_.-]*$/

/** Whoever writes less than that for a time in milliseconds most likely thinks of seconds. */
const SHORT_MS = 100

const USUAL_MS = 2000

const SPACE = 0x20
