import type { HeadCode } from '../../../../checks/wire/head-words.ts'
import type { FindingCode } from '../../../../checks/wire/words.ts'

/** A stream to begin with, typed as in notation.ts. */
export interface Preset {
  /** Part of the page's address. */
  id: string
  /** The kind of finding that it shows, where that is not its id. */
  code?: FindingCode | HeadCode
  label: string
  typed: string
  /** What there is to see. */
  says: string
}
