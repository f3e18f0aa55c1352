/**
 * Raw bytes of an event stream → the events that a browser's EventSource dispatches, by `eventsource-parser`.
 * Pure; runs in browsers too.
 */

import { createParser } from 'eventsource-parser'
import { concat } from './bytes.ts'

/** An event as EventSource dispatches it (WHATWG HTML § 9.2.6, "dispatch the event"). */
export interface ParsedEvent {
  /** The `event` field's value, or `message`. */
  type: string
  data: string
  /** The last event ID once this event has come; it may have been set by an earlier block. */
  lastEventId: string
  /** The `id` of the event's own block, if it has a valid one. */
  id?: string
}

/** What some bytes of a stream held. */
export interface ParsedStream {
  events: ParsedEvent[]
  /** The comments, without the colon and one space after it. */
  comments: string[]
  /** The last valid reconnection time among them, in milliseconds. */
  retry?: number
  /** What the client would send as `Last-Event-ID` now; empty when there is none. */
  lastEventId: string
}

export interface EventReader {
  /** Takes the stream's next bytes, cut anywhere, and tells what is new in them. */
  feed(bytes: Uint8Array): ParsedStream
}

/** Parses all that came of one stream. A block without its blank line dispatches nothing, as in a browser. */
export function parseEvents(bytes: Uint8Array | readonly Uint8Array[]): ParsedStream {
  return createEventReader().feed(bytes instanceof Uint8Array ? bytes : concat(bytes))
}

/**
 * Reads one stream while it comes; a reconnection wants a new reader.
 *
 * @param lastEventId what the client sent as `Last-Event-ID`, which stays until the stream sets another one
 */
export function createEventReader(lastEventId = ''): EventReader {
  // The parser skips one BOM, as the standard wants; a decoder without `ignoreBOM` would skip another one
  // before it.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let started = false
  let found: ParsedStream = { events: [], comments: [], lastEventId }

  const parser = createParser({
    // Called before `onEvent`, and for a block without data too: the standard sets the last event ID first.
    onId(id) {
      lastEventId = id
    },
    onEvent({ event, data, id }) {
      const own = id === undefined ? {} : { id }
      found.events.push({ type: event ?? 'message', data, lastEventId, ...own })
    },
    onComment(comment) {
      found.comments.push(comment)
    },
    onRetry(retry) {
      found.retry = retry
    },
  })

  return {
    feed(bytes) {
      found = { events: [], comments: [], lastEventId }
      const text = decoder.decode(bytes, { stream: true })
      if (text !== '') {
        // The parser also skips the three characters U+00EF U+00BB U+00BF, a BOM decoded as Latin-1. The
        // standard does not, so a stream without a BOM is given one to skip.
        parser.feed(started || text.startsWith('\uFEFF') ? text : `\uFEFF${text}`)
        started = true
      }
      found.lastEventId = lastEventId
      return found
    },
  }
}
