/** What the linter says about each kind of finding. `{name}` and `{meant}` are filled in. */

import { LINE_WORDS } from './words-lines.ts'
import { STREAM_WORDS } from './words-streams.ts'

export { type Reference, type Severity, STANDARD, type Words } from './wording.ts'

export const WORDS = { ...LINE_WORDS, ...STREAM_WORDS }

export type FindingCode = keyof typeof WORDS
