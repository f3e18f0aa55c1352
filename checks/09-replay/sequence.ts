/** What a client received, compared with what was published. Pure. A message is its place in that order, from 0. */

export interface Flaw {
  kind: 'gap' | 'double' | 'order'
  /** How many of those received were right before it. */
  at: number
  /** The message that is missing, came again, or came too early. */
  message: number
}

/**
 * What is wrong with what a client received that had everything up to `from`, or nothing when that is -1. All after it up
 * to `last` is due, each message once, in order.
 */
export function flawIn(received: readonly number[], from: number, last: number): Flaw | undefined {
  const due = upTo(last, from + 1)
  const at = due.findIndex((message, i) => received[i] !== message)
  if (at >= 0) {
    const [wanted, got] = [due[at] ?? last, received[at] ?? Number.POSITIVE_INFINITY]
    if (got < wanted) return { kind: 'double', at, message: got }
    const isLate = received.includes(wanted, at)
    return { kind: isLate ? 'order' : 'gap', at, message: isLate ? got : wanted }
  }
  const [more] = received.slice(due.length)
  return more === undefined ? undefined : { kind: 'double', at: due.length, message: more }
}

/** The places from `first` to `last`. */
export function upTo(last: number, first = 0): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
}

/** More names than this are not listed. */
const MOST = 8

/** Messages by letters: `first` is A, the one after it B. */
export function lettered(messages: readonly number[], first = 0): string {
  if (messages.length === 0) return 'nothing'
  const names = messages.slice(0, MOST).map((message) => letterOf(message - first))
  return `${names.join(' ')}${messages.length > MOST ? ' …' : ''}`
}

/** The name of a message: A to Z, and then a number. */
export function letterOf(message: number): string {
  return message >= 0 && message < 26 ? String.fromCharCode(65 + message) : `#${message + 1}`
}

/** What is wrong, in words. */
export function flawText({ kind, message }: Flaw, first = 0): string {
  const name = letterOf(message - first)
  return { gap: `${name} is missing`, double: `${name} came again`, order: `${name} came too early` }[kind]
}
