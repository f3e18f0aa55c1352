/** What a connection of our own received. */
import type { Exchange } from '../../checks/support/client/exchange.ts'
import type { ParsedEvent } from '../../checks/wire/parse.ts'

export interface Received {
  /** `GET /events → 200 text/event-stream`, or why there is nothing. */
  head: string
  /** Whether a browser would read events from it; undefined until a head has come. */
  isStream?: boolean
  /** The last bytes. */
  bytes: Uint8Array
  /** Of a client that came back, what was published before it did, each event by its name. */
  missed?: ReadonlySet<string>
  /** Once nothing more will come: why, or what happens next. */
  over?: string
}

/** How many bytes a connection keeps that is shown: more than a screen has room for. */
export const KEPT_BYTES = 8192

/** The bytes of a connection that are shown: of a stream whose beginning was let go, from a blank line on. */
export function shownBytes({ bytes, isWhole }: Pick<Exchange, 'bytes' | 'isWhole'>): Uint8Array {
  if (isWhole) return bytes
  const blank = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('\n\n')
  return bytes.subarray(blank === -1 ? 0 : blank + 2)
}

/** What tells an event that is sent again from any other; undefined without an id of its own. */
export function eventName({ type, id }: ParsedEvent): string | undefined {
  return id === undefined ? undefined : `${type} ${id}`
}
