/** What to tell of a request that got no head: not that it waits in vain, but what came in place of the answer. */
import { type Connection, connectionOf } from '../client/connection.ts'
import { resetText } from '../client/error-codes.ts'
import type { Exchange } from '../client/exchange.ts'
import type { Report } from '../failure.ts'

/** What was seen, and words for it where those of the check speak of something else. */
export type Seen = Pick<Report, 'received' | 'why' | 'fix'>

const PROTOCOL_ERROR = 1

/** A connection that brought so many bytes and no head, in bytes, is busy with something else than answers. */
const FLOOD = 256 * 1024

/** What came in place of an answer. To be asked before we end the exchange ourselves. */
export function seenInstead({ session, over, lost, resetCode }: Exchange): Seen {
  const connection = connectionOf(session)
  if (connection && isFlooded(connection)) return { received: floodText(connection), ...FLOODED }
  if (connection?.error) return { received: `what is no HTTP/2 (${connection.error})`, ...BROKEN }
  const end = lost ? 'the end of the connection' : resetText(resetCode ?? 0)
  if (connection?.settings === 0) {
    return { received: `no SETTINGS frame, and ${over ? end : 'no answer'}`, ...MUTE }
  }
  if (connection?.isGoing)
    return { received: 'no answer, and GOAWAY: no request is taken any more', ...GOING }
  if (!over) return { received: 'no answer' }
  const words = lost ? LOST : resetCode === PROTOCOL_ERROR ? {} : RESET // which our own client may have sent
  return { received: `no answer, and ${end}`, ...words }
}

function isFlooded({ error, heads, read }: Connection): boolean {
  return /flood/i.test(error ?? '') || (heads === 0 && read > FLOOD)
}

function floodText({ settings, pings, read }: Connection): string {
  const name = pings > settings ? 'PING ' : settings > 1 ? 'SETTINGS ' : ''
  return `${Math.round(read / 1024)} KiB of ${name}frames, and no answer`
}

const FLOODED = {
  why: 'A client reads one frame after the other. What it asked for is not among them.',
  fix: 'Look for frames that are sent in a loop, or by a timer without a pause: in Node, by session.ping(), session.settings() or socket.write().',
}

const BROKEN = {
  why: 'HTTP/2 is made of frames. A client gives up a connection with anything else on it.',
  fix: 'Let an HTTP/2 library write to the connection: in Node, stream.write() and stream.end() make frames, socket.write() does not.',
}

const MUTE = {
  why: 'Each side of an HTTP/2 connection begins with a SETTINGS frame. ALPN says no more than which protocol is meant.',
  fix: 'Let an HTTP/2 library answer: in Node, createSecureServer() of node:http2 sends SETTINGS by itself.',
}

const GOING = {
  why: 'GOAWAY ends a connection: requests that come after it are not answered.',
  fix: 'Look for what ends a connection that has just begun: in Node, session.goaway() or session.close().',
}

const LOST = {
  why: 'The connection ended before the head of the answer came. All that was asked on it is lost.',
  fix: 'Look for what closes the connection when a request comes in: in Node, session.destroy(), session.close() or socket.destroy().',
}

const RESET = {
  why: 'A reset ends a stream at once: its client gets a code, and no answer.',
  fix: 'Look for what ends the stream before its answer has begun: in Node, stream.close(), stream.destroy() or an error.',
}
