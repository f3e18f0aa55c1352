/** All streams of which it is known what the standard makes of them. */

import { BROWSER_VECTORS } from './browser-vectors.ts'
import { RULE_VECTORS } from './rule-vectors.ts'
import type { Vector } from './vector.ts'

export { type Vector, vectorBytes } from './vector.ts'

export const VECTORS: Vector[] = [...RULE_VECTORS, ...BROWSER_VECTORS]
