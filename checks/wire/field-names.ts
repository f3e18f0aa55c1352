/**
 * The names of fields, and the names that people write in their place. They are compared, never looked up: a stream
 * may hold millions of names, and a set has to work out the hash of each.
 */

/** The fields of an event stream (WHATWG HTML § 9.2.6), compared byte by byte. */
export const FIELD_NAMES: ReadonlySet<string> = new Set(['data', 'event', 'id', 'retry'])

/** Whether a name is one of `FIELD_NAMES`. */
export function isFieldName(name: string): boolean {
  return name === 'data' || name === 'event' || name === 'id' || name === 'retry'
}

/** Whether a name is an event's that people write in place of a field: `error: …`, not `event: error` and data. */
export function isEventName(name: string): boolean {
  return EVENT.test(name)
}

/** A field that lacks its colon. */
export interface Colonless {
  name: string
  value: string
}

/**
 * The field that a line most likely is, with a colon for what stands in its place: `id 5`, `data=hello`, `data{"a":1}`.
 * A line of text may begin with such a word too, so any but `data` is to have a single word behind it.
 */
export function withoutColon(text: string): Colonless | undefined {
  const [, name, value] = COLONLESS.exec(text) ?? []
  if (name === undefined || value === undefined) return undefined
  return name === 'data' || SINGLE.test(value) ? { name, value } : undefined
}

/** A name without the spaces around it, in small letters. */
export function plainName(name: string): string {
  const trimmed = name.trim()
  return trimmed.length <= LONGEST ? trimmed.toLowerCase() : trimmed
}

/**
 * The field that someone who wrote a name most likely meant, or undefined.
 *
 * @param plain the name as `plainName()` has it
 */
export function meantField(plain: string): string | undefined {
  switch (plain) {
    case 'message':
    case 'messages':
    case 'msg':
    case 'payload':
      return 'data'
    case 'type':
    case 'eventtype':
    case 'event-type':
    case 'event_type':
      return 'event'
    case 'eventid':
    case 'event-id':
    case 'event_id':
    case 'lasteventid':
    case 'last-event-id':
      return 'id'
    case 'reconnect':
    case 'retry-after':
      return 'retry'
    default:
      // A name of two letters is one letter away from too many others.
      return ['data', 'event', 'retry'].find((field) => isOneEditAway(plain, field))
  }
}

/** Whether one letter added, left out, changed or swapped with the next makes `a` from `b`. */
function isOneEditAway(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let same = 0
  while (same < short.length && short[same] === long[same]) same++
  if (long.length > short.length) return short.slice(same) === long.slice(same + 1)
  if (same === long.length) return true
  const swapped = same + 1 < long.length && short[same] === long[same + 1] && short[same + 1] === long[same]
  const rest = same + (swapped ? 2 : 1)
  return short.slice(rest) === long.slice(rest)
}

/** A space, an equals sign or a wide colon; or nothing, and JSON at once. */
const COLONLESS = /^(data|event|id|retry)(?:[ \t]*[=：][ \t]*|[ \t]+|(?=[{["]))(.+)$/s

const SINGLE = /^\S+$/

const EVENT =
  /^(?:close|complete|done|end|endpoint|error|heartbeat|notification|ping|progress|result|tick|update)$/

const LONGEST = 'last-event-id'.length
