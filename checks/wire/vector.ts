/** A stream, and what the standard and the linter make of it. */

export interface Vector {
  says: string
  stream: string | number[]
  /** Type, data, last event ID. */
  events: [type: string, data: string, lastEventId: string][]
  retry?: number
  comments?: string[]
  /** When the block that sets it dispatches nothing. */
  lastEventId?: string
  /** What the linter finds, errors and warnings alone, when no more bytes come. */
  faults?: string[]
}

/** An event without a name. */
export function message(data: string, lastEventId = ''): Vector['events'][number] {
  return ['message', data, lastEventId]
}

/** A vector's bytes. */
export function vectorBytes({ stream }: Pick<Vector, 'stream'>): Uint8Array {
  return typeof stream === 'string' ? new TextEncoder().encode(stream) : Uint8Array.from(stream)
}
