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
  const expected = `${callOf(blocks)} → a browser gets ${inWords(should, got)}`
  if (!text) return { expected, received: inShort(outcome), at: placeOf(outcome) }
  return { expected, received: `a browser gets ${inWords(got, should)}`, bytes: compare(blocks, text) }
}

/** The call, and what it gave in place of a `TypeError`. */
export function notRefused({ blocks, outcome }: Found): Report {
  return { expected: `${callOf(blocks)} → a TypeError`, received: inShort(outcome), at: placeOf(outcome) }
}

/** Which words fit what is wrong with data. */
export function dataFault({ blocks, outcome }: Found): string | undefined {
  if ('thrown' in outcome) return 'threw'
  const text = textOf(outcome)
  const data = blocks[0]?.data
  if (data === '') return 'empty'
  if (!text || data === undefined) return undefined
  const [event] = meaningOf(text).events
  if (!event) return /(\r\n|\r|\n)(\r\n|\r|\n)$/.test(text) ? undefined : 'end'
  if (data.includes('\r\n') && event.data.length > data.length - 1) return 'crlf'
  if (data.includes('\r')) return 'cr'
  if (/^ | $/m.test(data)) return 'space'
  if (/^$/m.test(data)) return 'blank'
  return data.includes('\n') ? 'lines' : 'changed'
}

/** Which words fit a field that did not arrive. */
export function fieldsFault({ blocks, outcome }: Found): string | undefined {
  if ('thrown' in outcome) return 'threw'
  if (blocks.length > 1 && blocks.every(({ id }) => id === undefined)) return 'end'
  if (/:\s*undefined/.test(textOf(outcome) ?? '')) return 'undefined'
  const isFalsy = blocks.some(({ id, retry, data }) => id === '0' || id === '' || retry === 0 || data === '')
  return isFalsy ? 'falsy' : undefined
}

/** Which words fit what was not refused. */
export function refusedFault({ blocks, outcome }: Found): string | undefined {
  if ('thrown' in outcome) return 'kind'
  if (blocks.some(({ retry }) => retry !== undefined)) return 'number'
  return callOf(blocks).includes('\\u{0}') ? 'nul' : undefined
}

/** What came of a call, on one line. */
export function inShort(outcome: Outcome): string {
  if ('thrown' in outcome) return `${outcome.thrown.name}: ${outcome.thrown.message.slice(0, LONG)}`
  if ('type' in outcome) return VALUES[outcome.type] ?? `a value of the type ${outcome.type}`
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
    return { type: short(type), data, lastEventId: short(lastEventId) }
  })
  return { ...meaning, events, lastEventId: short(meaning.lastEventId) }
}

/** Values that are no text, as people call them. */
const VALUES: Record<string, string> = { undefined: 'undefined', null: 'null', Array: 'an array' }

const LONG = 120
