/** What dialects of JSON share. */
import { excerpt } from '../../../checks/wire/bytes.ts'
import type { ParsedEvent } from '../../../checks/wire/parse.ts'
import { type Remark, remark } from '../remark.ts'

export type Json = Record<string, unknown>

/** The object in an event's data, or undefined when it is none. */
export function objectIn({ data }: ParsedEvent): Json | undefined {
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
  } catch {
    return undefined
  }
}

/** Whether any of the first events is as asked: what a stream speaks shows early. */
export function anyOf(
  events: readonly ParsedEvent[],
  is: (value: Json, event: ParsedEvent) => boolean,
): boolean {
  return events.slice(0, 20).some((event) => {
    const value = objectIn(event)
    return value !== undefined && is(value, event)
  })
}

/** Events whose data is no JSON, where it has to be. */
export function notJson(events: readonly ParsedEvent[], dialect: string): Remark[] {
  const wrong = events.filter((event) => objectIn(event) === undefined)
  return first(wrong, (event) =>
    remark(
      'not-json',
      { dialect, value: event.data === '' ? 'it is empty' : event.data },
      { excerpt: excerptOf(event) },
    ),
  )
}

/** The first of some events, as a remark, and how many more there are. */
export function first(events: readonly ParsedEvent[], make: (event: ParsedEvent) => Remark): Remark[] {
  const [event] = events
  if (!event) return []
  return [{ ...make(event), ...(events.length > 1 && { more: events.length - 1 }) }]
}

/** The error that an object tells of, in words. */
export function errorText(value: unknown): string {
  if (typeof value === 'string') return value
  const { message, type, code } = (value ?? {}) as Json
  const found = [message, type, code].find((each) => typeof each === 'string' || typeof each === 'number')
  return found === undefined ? JSON.stringify(value) : String(found)
}

function excerptOf({ data }: ParsedEvent) {
  const line = `data: ${data.slice(0, 200).split('\n')[0]}\n`
  return excerpt({ line: new TextEncoder().encode(line), wrongAt: 'data: '.length, should: 'data: {…}\n' })
}
