/** What comes back for a request, the same for HTTP/1.1 and HTTP/2. Times count from the moment it was sent. */
import type { ResponseHead } from '../../checks/wire/head-rules.ts'

export interface AnswerHead extends ResponseHead {
  /** In milliseconds. */
  ms: number
}

/** How an answer came to its end. */
export type Ending =
  /** The server ended it as it should. */
  | { how: 'ended' }
  /** The server broke the stream off: RST_STREAM with this code (RFC 9113 § 7). */
  | { how: 'reset'; code: number }
  /** Our own client could not go on with what came: it is not the HTTP that it says it is. */
  | { how: 'refused'; why: string }
  /** The connection went in the middle of it. */
  | { how: 'broken' }
  /** A redirect led to where nobody can be reached. */
  | { how: 'unreachable'; why: string }
  /** We left. */
  | { how: 'left' }

export interface Listener {
  head(head: AnswerHead): void
  /** @param at when they came, in milliseconds */
  bytes(bytes: Uint8Array, at: number): void
  /** Called once, at last. */
  end(ending: Ending): void
}

/** An answer on its way. */
export interface Answer {
  /** Ends it from our side. */
  leave(): void
}
