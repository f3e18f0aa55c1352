/** What a peer has received on one of its streams, as an EventSource would understand it. */
import type { PeerStream } from '../support/client/peer.ts'
import { createEventReader, type ParsedEvent } from '../wire/parse.ts'

export interface Standing {
  events: ParsedEvent[]
  /** What it would send as `Last-Event-ID` now; empty when there is none. */
  lastEventId: string
}

const readings = new WeakMap<PeerStream, Standing & { read(): void }>()

/** What has come by now. Each byte is parsed once, however often this is asked. */
export function standingOn(stream: PeerStream): Standing {
  const reading = readings.get(stream) ?? beginReading(stream)
  reading.read()
  return reading
}

function beginReading(stream: PeerStream) {
  const reader = createEventReader()
  let pieces = 0
  const reading = {
    events: [] as ParsedEvent[],
    lastEventId: '',
    read() {
      for (const piece of stream.body.slice(pieces)) {
        const { events, lastEventId } = reader.feed(piece)
        reading.events.push(...events)
        reading.lastEventId = lastEventId
      }
      pieces = stream.body.length
    },
  }
  readings.set(stream, reading)
  return reading
}

/** How a stream ended, if it did. */
export function endOf({ ended, resetCode }: PeerStream): 'end' | 'reset' | undefined {
  if (resetCode !== undefined) return 'reset'
  return ended ? 'end' : undefined
}
