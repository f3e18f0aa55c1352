/** What is said about everything but the head and the bytes. */
import { AGAIN_WORDS, DIALECT_WORDS, DIRECT_WORDS, ORIGIN_WORDS } from './words-more.ts'
import { CONNECTION_WORDS, TIME_WORDS } from './words-times.ts'

/** All of them, by their codes. */
export const INSPECT_WORDS = {
  ...CONNECTION_WORDS,
  ...TIME_WORDS,
  ...AGAIN_WORDS,
  ...ORIGIN_WORDS,
  ...DIRECT_WORDS,
  ...DIALECT_WORDS,
}

export type InspectCode = keyof typeof INSPECT_WORDS
