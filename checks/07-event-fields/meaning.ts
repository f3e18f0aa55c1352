/** What a browser makes of a text on the wire, and what it should make of it. Pure. */
import { type ParsedStream, parseEvents } from '../wire/parse.ts'
import { type Fields, quoted } from './calls.ts'

export type Meaning = ParsedStream

/** What a browser makes of a text. It is sent as UTF-8, where half a surrogate pair becomes U+FFFD. */
export function meaningOf(text: string): Meaning {
  return parseEvents(new TextEncoder().encode(text))
}

/** What it should make of blocks with these fields. */
export function meant(blocks: readonly Fields[]): Meaning {
  const meaning: Meaning = { events: [], comments: [], lastEventId: '' }
  for (const { event, id, retry, data, comment } of blocks) {
    if (comment !== undefined) meaning.comments.push(...linesOf(comment))
    if (retry !== undefined) meaning.retry = retry
    if (id !== undefined) meaning.lastEventId = id
    if (data === undefined) continue
    const { lastEventId } = meaning
    meaning.events.push({ type: event || 'message', data: linesOf(data).join('\n'), lastEventId })
  }
  return meaning
}

/** Whether two texts mean the same to a page. No page sees a comment, so that its spaces do not count. */
export function isSame(one: Meaning, other: Meaning): boolean {
  return toCompare(one) === toCompare(other)
}

/** A meaning in words. An id, a retry and comments are named where those of the `other` differ. */
export function inWords(meaning: Meaning, other: Meaning): string {
  const parts = meaning.events.map(({ type, data, lastEventId }, i) => {
    const name = type === 'message' ? 'a message' : `an event named ${brief(type)}`
    const id = lastEventId === (other.events[i]?.lastEventId ?? '') ? '' : ` and ${idOf(lastEventId)}`
    return `${name} with data ${brief(data)}${id}`
  })
  const { retry, comments, lastEventId } = meaning
  if (meaning.events.length === 0 && lastEventId !== other.lastEventId) parts.push(idOf(lastEventId))
  if (retry !== undefined && retry !== other.retry) parts.push(`retry ${retry}`)
  if (lettersOf(comments) !== lettersOf(other.comments)) {
    parts.push(...comments.map((comment) => `the comment ${brief(comment)}`))
  }
  if (parts.length === 0) return 'nothing'
  return parts.length > MANY ? `${parts.slice(0, MANY).join(', ')} and more` : parts.join(', and ')
}

/** The lines of a text, at every line end that the standard knows. */
function linesOf(text: string): string[] {
  return text.toWellFormed().split(/\r\n|\r|\n/)
}

function toCompare({ events, retry, lastEventId, comments }: Meaning): string {
  const seen = events.map(({ type, data, lastEventId }) => [type, data, lastEventId])
  return JSON.stringify([seen, retry, lastEventId, lettersOf(comments)])
}

function lettersOf(comments: readonly string[]): string {
  return comments.join('').replace(/\s/g, '')
}

function idOf(lastEventId: string): string {
  return lastEventId === '' ? 'no id' : `the id ${brief(lastEventId)}`
}

/** A text in quotes; of a long one that can not be said in short, its beginning. */
function brief(text: string): string {
  const whole = quoted(text)
  return whole.length > LONG ? `${whole.slice(0, LONG)}… (${text.length} characters)` : whole
}

/** Characters of a text that are shown. */
const LONG = 40

/** Things that a meaning has, and a message names. */
const MANY = 3
