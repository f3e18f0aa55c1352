/** The streams that the playground is tried with: each rule of the parsing section, and every preset. */
import { VECTORS, vectorBytes } from '../../checks/wire/vectors.ts'
import { bytesOf } from '../src/playground/notation.ts'
import { presets } from '../src/playground/presets.ts'

export const STREAMS = [
  ...VECTORS.map((vector) => ({ says: vector.says, bytes: vectorBytes(vector) })),
  ...presets.map(({ label, typed }) => ({ says: label, bytes: bytesOf(typed) })),
]
