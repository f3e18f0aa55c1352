/** What is sent: as long as what people write, with the time in it, and one byte by which it can be counted. */

/** Ends each text, and stands nowhere else. */
export const END = '~'.charCodeAt(0)

/** The time has so many digits: microseconds since 1970. */
export const DIGITS = 16

const WORDS = 'Somebody who is here as well has something to say, and says it in about a hundred bytes: '

/** So many texts, all of this moment. */
export function textsOf(count: number): string[] {
  return Array.from({ length: count }, () => `${WORDS}${now()}~`)
}

/** Microseconds since 1970, the same in every process of a machine. */
export function now(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000)
}
