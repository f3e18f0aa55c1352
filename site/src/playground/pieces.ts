/** The beginning of a stream cut into pieces, as a network may do it. */
import { createEventReader, type ParsedEvent, parseEvents } from '../../../checks/wire/parse.ts'

/** So much of a stream is cut, in bytes: enough to see that it makes no difference. */
export const CUT_BYTES = 65_536

export interface Pieces {
  bytes: Uint8Array
  /** How many bytes a piece has; the last one may have fewer. */
  size: number
  count: number
  events: number
  /** Whether the events are the same as those of the same bytes in one piece. */
  same: boolean
  /** The data of the events that a piece brought, by the piece's index. */
  brought: Map<number, string[]>
}

export function cutIntoPieces(stream: Uint8Array, size: number): Pieces {
  const bytes = stream.subarray(0, CUT_BYTES)
  const reader = createEventReader()
  const events: ParsedEvent[] = []
  const brought = new Map<number, string[]>()
  const count = Math.ceil(bytes.length / size)
  for (let index = 0; index < count; index++) {
    const { events: fresh } = reader.feed(pieceAt({ bytes, size }, index))
    if (fresh.length === 0) continue
    events.push(...fresh)
    brought.set(
      index,
      fresh.map(({ data }) => data),
    )
  }
  const same = JSON.stringify(events) === JSON.stringify(parseEvents(bytes).events)
  return { bytes, size, count, events: events.length, same, brought }
}

export function pieceAt({ bytes, size }: Pick<Pieces, 'bytes' | 'size'>, index: number): Uint8Array {
  return bytes.subarray(index * size, (index + 1) * size)
}
