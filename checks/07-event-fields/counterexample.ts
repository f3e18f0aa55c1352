/** What is wrong with what `encode` made of an input, as a learner reads it. Pure. */
import type { Report } from '../support/failure.ts'
import type { Outcome } from '../support/server/module.ts'
import { visible } from '../wire/bytes.ts'
import { callOf } from './calls.ts'
import { inWords, isSame, type Meaning, meaningOf, meant } from './meaning.ts'
import type { Found } from './search.ts'
import { compare } from './spelling.ts'

/** Whether a browser gets what was meant. */
export function arrives({ blocks, outcome }: Found): boolean {
  const text = textOf(outcome)
  return text !== undefined && isSame(meaningOf(text), meant(blocks))
}

/** Whether a browser was kept from what would break out of its line: by a `TypeError`, or by leaving that out. */
export function isRefused({ blocks, outcome }: Found): boolean {
  if ('thrown' in outcome) return outcome.thrown.isTypeError
  const text = textOf(outcome)
  if (text === undefined || blocks.some(({ retry }) => retry !== undefined)) return false
  return isSame(inOneLine(meaningOf(text)), inOneLine(meant(blocks)))
}

/** The call, what a browser should get of it and what it gets, and where the text goes wrong. */
export function inBrowser({ blocks, outcome }: Found): Report {
  const should = meant(blocks)
  const text = textOf(outcome)
  const got = meaningOf(text ?? '')
  const expected = `${callOf(blocks)}\n→ a browser gets ${inWords(should, got)}`
  if (!text) return { expected, received: inShort(outcome), at: placeOf(outcome) }
  return { expected, received: `a browser gets ${inWords(got, should)}`, bytes: compare(blocks, text) }
}

/** The call, and what it gave in place of a `TypeError`. */
export function notRefused({ blocks, outcome }: Found): Report {
  return { expected: `${callOf(blocks)} → a TypeError`, received: inShort(outcome), at: placeOf(outcome) }
}

/** Which words fit what is wrong with data. */
export function dataFault({ blocks, outcome }: Found): string | undefined {
  if ('thrown' in outcome) return isOverflow(outcome.thrown) ? 'overflow' : 'threw'
  const text = textOf(outcome)
  const data = blocks[0]?.data
  if (data === '') return 'empty'
  if (!text || data === undefined) return undefined
  if (UNDEFINED.test(text)) return 'undefined'
  const { events } = meaningOf(text)
  const [event] = events
  if (!event) return /(\r\n|\r|\n)(\r\n|\r|\n)$/.test(text) ? undefined : 'end'
  const lines = data.split(/\r\n|\r|\n/)
  if (events.length > 1) return events.length === lines.length ? 'several' : 'more'
  if (event.data === lines[0] && lines[1]) return data.includes('\r') ? 'cr' : 'lines'
  if (event.data.split('\n').length > lines.length) {
    if (event.data.includes(lines.join('\n'))) return 'more'
    return data.includes('\r\n') ? 'crlf' : 'others'
  }
  if (event.data === lines.filter((line) => line !== '').join('\n')) return 'blank'
  if (unspaced(event.data) === unspaced(lines.join('\n'))) return 'space'
  return data.startsWith(event.data) ? 'short' : 'changed'
}

/** Which words fit a field that did not arrive. */
export function fieldsFault({ blocks, outcome }: Found): string | undefined {
  if ('thrown' in outcome) return 'threw'
  const text = textOf(outcome)
  if (text === undefined) return undefined
  if (UNDEFINED.test(text)) return 'undefined'
  if (meaningOf(text).events.length > meant(blocks).events.length) return 'more'
  if (blocks.some(({ id, retry, data }) => id === '0' || id === '' || retry === 0 || data === ''))
    return 'falsy'
  return blocks.length > 1 ? 'end' : undefined
}

/** Which words fit what was not refused. */
export function refusedFault({ blocks, outcome }: Found): string | undefined {
  if ('thrown' in outcome) return 'kind'
  const [fields] = blocks
  if (fields?.retry !== undefined) return 'number'
  if (/\0/.test(`${fields?.event}${fields?.id}`)) return 'nul'
  const lines = (textOf(outcome) ?? '').split(/\r\n|\r|\n/).filter((line) => line !== '')
  return lines.length > Object.keys(fields ?? {}).length ? undefined : 'cut'
}

/** What came of a call, on one line. */
export function inShort(outcome: Outcome): string {
  if ('thrown' in outcome) return `${outcome.thrown.name}: ${outcome.thrown.message.slice(0, LONG)}`
  if ('type' in outcome) {
    if (outcome.length !== undefined) return `a text of ${outcome.length} characters`
    return VALUES[outcome.type] ?? `a value of the type ${outcome.type}`
  }
  const { value } = outcome
  if (typeof value !== 'string') return `the ${typeof value} ${value}`
  return value === '' ? 'an empty text' : `the text ${visible(value.slice(0, LONG))}`
}

function textOf(outcome: Outcome): string | undefined {
  return 'value' in outcome && typeof outcome.value === 'string' ? outcome.value : undefined
}

function placeOf(outcome: Outcome): Report['at'] {
  return 'thrown' in outcome ? outcome.thrown.at : undefined
}

/** A meaning in whose names and ids nothing stands any more that may be left out, or replaced by a space. */
function inOneLine(meaning: Meaning): Meaning {
  const short = (text: string) => text.replace(/[\r\n\0 ]/g, '')
  const events = meaning.events.map(({ type, data, lastEventId }) => {
    return { type: short(type) || 'message', data, lastEventId: short(lastEventId) }
  })
  return { ...meaning, events, lastEventId: short(meaning.lastEventId) }
}

/** Whether a function called itself too often, or was given too many values at once. */
function isOverflow({ name, message }: { name: string; message: string }): boolean {
  return name === 'RangeError' && message.includes('call stack')
}

function unspaced(text: string): string {
  return text.replace(/ /g, '')
}

/** A field with the word that JavaScript has for nothing. */
const UNDEFINED = /^(event|id|retry|data): *undefined$/m

/** Values that are no text, as people call them. */
const VALUES: Record<string, string> = { undefined: 'undefined', null: 'null', Array: 'an array' }

const LONG = 120
