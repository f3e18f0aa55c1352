/** What a dialect is: rules that the servers and clients of one API have agreed on, on top of the standard. */
import type { ResponseHead } from '../../../checks/wire/head-rules.ts'
import type { ParsedEvent } from '../../../checks/wire/parse.ts'
import type { Remark } from '../remark.ts'
import type { DialectName } from './names.ts'

export interface Spoken {
  events: readonly ParsedEvent[]
  head?: Pick<ResponseHead, 'fields'>
  /** Whether the server ended the stream, so that its last event is the last. */
  ended: boolean
  method: string
}

export interface Dialect {
  name: DialectName
  /** As people call it. */
  title: string
  /** Whether a stream speaks it. */
  knows(spoken: Spoken): boolean
  check(spoken: Spoken): Remark[]
}
