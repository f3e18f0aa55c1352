/** What `inspect` says of a saved answer, said of what is typed. */
import { byteRemarks, headRemarks, withDialect } from '../../../workshop/inspect/answer-rules.ts'
import type { Remark } from '../../../workshop/inspect/remark.ts'
import type { Answer } from './answer.ts'
import { readEvents } from './stream.ts'

export interface Remarks {
  /** Those of a kind that are only counted are in it. */
  count: number
  /** The first few of each kind: of the head, then in the order of the bytes, then of the dialect. */
  shown: Remark[]
}

/** What stream it is shows in so many events. */
const MOST_EVENTS = 10_000

export function remarksOn({ head, body, stream }: Answer): Remarks {
  const remarks = [
    ...headRemarks({ ...(head && { head }) }, { ended: body.length }),
    ...byteRemarks({ ...(head && { head }), bytes: body, complete: true }),
  ]
  const events = readEvents(stream).take(MOST_EVENTS).toArray()
  const spoken = { events, ...(head && { head }), ended: true, method: 'GET' }
  const { remarks: shown } = withDialect(remarks, spoken)
  return { count: shown.reduce((sum, { more = 0 }) => sum + 1 + more, 0), shown }
}
