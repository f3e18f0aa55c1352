/** What a client received, compared with what was published. Pure. A message is its place in that order, from 0. */

export interface Flaw {
  kind: 'gap' | 'double' | 'order'
  /** How many of those received were right before it. */
  at: number
  /** The message that came again or too early, or those that are missing, one after the other. */
  messages: number[]
}

/**
 * What is wrong with what a client received that had everything up to `from`, or nothing when that is -1. All after it up
 * to `last` is due, each message once, in order.
 */
export function flawIn(received: readonly number[], from: number, last: number): Flaw | undefined {
  const due = upTo(last, from + 1)
  const at = due.findIndex((message, i) => received[i] !== message)
  const wanted = due[at]
  if (wanted === undefined) {
    const [more] = received.slice(due.length)
    return more === undefined ? undefined : { kind: 'double', at: due.length, messages: [more] }
  }
  const got = received[at] ?? last + 1
  if (got < wanted) return { kind: 'double', at, messages: [got] }
  if (received.includes(wanted, at)) return { kind: 'order', at, messages: [got] }
  return { kind: 'gap', at, messages: upTo(got - 1, wanted) }
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
export function flawText({ kind, messages }: Flaw, first = 0): string {
  const names = lettered(messages, first)
  if (kind === 'gap') return `${names} ${messages.length > 1 ? 'are' : 'is'} missing`
  return kind === 'double' ? `${names} came again` : `${names} came too early`
}
