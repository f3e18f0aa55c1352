/** Where a line of code may break. */

/** A word of code, or what stands between two. */
export interface Part {
  text: string
  /** Whether it must not break, as it would at a hyphen. */
  whole: boolean
}

/** Words that are longer break anyway on a phone, wherever there is room to. */
const LONGEST = 33

/** Splits code at its spaces, and marks the words that a browser would break. */
export function wordsOf(code: string): Part[] {
  return code
    .split(/(\s+)/)
    .filter((text) => text !== '')
    .map((text) => ({ text, whole: /\S[-/?]\S/.test(text) && text.length <= LONGEST }))
}
