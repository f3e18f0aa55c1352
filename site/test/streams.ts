/** The streams that the playground is tried with: each rule of the parsing section, and every preset without a head. */
import { VECTORS, vectorBytes } from '../../checks/wire/vectors.ts'
import { bytesOf } from '../src/playground/notation.ts'
import { answers } from '../src/playground/presets/answers.ts'
import { presets } from '../src/playground/presets.ts'

export const STREAMS = [
  ...VECTORS.map((vector) => ({ says: vector.says, bytes: vectorBytes(vector) })),
  ...presets
    .filter((preset) => !answers.includes(preset))
    .map(({ label, typed }) => ({ says: label, bytes: bytesOf(typed) })),
]
