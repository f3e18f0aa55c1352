/** The names of fields, and the names that people write in their place. */

/** The fields of an event stream (WHATWG HTML § 9.2.6), compared byte by byte. */
export const FIELD_NAMES: ReadonlySet<string> = new Set(['data', 'event', 'id', 'retry'])

/** The field that someone who wrote `name` most likely meant, or undefined. */
export function meantField(name: string): string | undefined {
  const plain = name.toLowerCase()
  // A name of two letters is one letter away from too many others.
  return OTHER_NAMES.get(plain) ?? ['data', 'event', 'retry'].find((field) => isOneEditAway(plain, field))
}

/** Whether one letter added, left out, changed or swapped with the next makes `a` from `b`. */
function isOneEditAway(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  let same = 0
  while (same < short.length && short[same] === long[same]) same++
  if (long.length > short.length) return short.slice(same) === long.slice(same + 1)
  const swapped = short[same] === long[same + 1] && short[same + 1] === long[same]
  const rest = same + (swapped ? 2 : 1)
  return short.slice(rest) === long.slice(rest)
}

const OTHER_NAMES = new Map([
  ['message', 'data'],
  ['messages', 'data'],
  ['msg', 'data'],
  ['payload', 'data'],
  ['type', 'event'],
  ['eventtype', 'event'],
  ['event-type', 'event'],
  ['event_type', 'event'],
  ['eventid', 'id'],
  ['event-id', 'id'],
  ['event_id', 'id'],
  ['lasteventid', 'id'],
  ['last-event-id', 'id'],
  ['reconnect', 'retry'],
  ['retry-after', 'retry'],
])
