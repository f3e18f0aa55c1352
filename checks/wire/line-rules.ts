/** The linter's rules about one line: its field name, then its value. */

import { type Around, lossOf } from './around.ts'
import { firstInvalidUtf8 } from './bytes.ts'
import { dataSpot } from './data-rules.ts'
import { isEventName, isFieldName, meantField, plainName } from './field-names.ts'
import type { FieldLine, WireLine } from './lines.ts'
import { literalLineEnd } from './literal-rules.ts'
import { ending, type Spot } from './spot.ts'

/** What is wrong with a line, if anything: the first thing only, since the rest often follows from it. */
export function lineSpot(line: WireLine, around: Around): Spot | undefined {
  if (line.kind === 'blank') return undefined
  return (
    (around.settled ? literalLineEnd(line, around) : undefined) ??
    (line.kind === 'field' ? (nameSpot(line, around) ?? valueSpot(line, around)) : undefined) ??
    wrongCharacter(line)
  )
}

function nameSpot(line: FieldLine, around: Around): Spot | undefined {
  const { name, text } = line
  if (isFieldName(name)) return undefined
  const spot = (code: Spot['code'], wrongAt: number, should: () => string, meant = ''): Spot => ({
    code,
    line,
    show: () => ({ wrongAt, should: should() + ending(line), name, meant }),
  })
  if (name.startsWith('\uFEFF')) return spot('bom-mid-stream', 0, () => text.replace(/^\uFEFF+/, ''))
  if (/^[ \t]+$/.test(text)) return spot('spaces-for-blank', 0, () => '')

  const isPlain = /^[a-z][a-z0-9_.-]*$/.test(name)
  const meant = isPlain ? name : plainName(name)
  if (!isPlain && isFieldName(meant)) {
    const should = () => meant + text.slice(name.length)
    if (name !== name.trimStart()) return spot('leading-space', 0, should, meant)
    const capital = name.search(/[A-Z]/)
    if (capital >= 0) return spot('letter-case', capital, should, meant)
    return spot('space-before-colon', meant.length, should, meant)
  }

  // `2026-01-01T12:00:00Z`, `{"a":1}` and `https://…` have colons, and are texts all the same.
  if (!line.colon || !(isPlain || /^[a-z][\w.-]*$/i.test(name)) || text.startsWith('//', name.length + 1)) {
    return spot('no-field-name', 0, () => `data: ${text}`)
  }
  if (isEventName(name)) {
    const found = spot('event-as-field', 0, () => `event: ${name}\ndata: ${line.value}`)
    return { ...found, severity: lossOf(around) }
  }
  const near = meantField(meant)
  if (near === undefined) return spot('unknown-field', 0, () => `data: ${text}`)
  return spot('misspelt-field', 0, () => near + text.slice(name.length), near)
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

/** Whoever writes less than that for a time in milliseconds most likely thinks of seconds. */
const SHORT_MS = 100

const USUAL_MS = 2000
