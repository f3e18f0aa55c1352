/** The server behind a proxy, reached over one HTTP/2 session. */
import {
  type ClientHttp2Session,
  connect,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2'
import { pipeline } from 'node:stream'
import { finished } from 'node:stream/promises'
import { authorityOf } from '../client/client.ts'

/** Hands the body of an answer on: as it is, or in other pieces. */
export type Relay = (
  body: AsyncIterable<Uint8Array>,
  answer: IncomingHttpHeaders,
) => AsyncIterable<Uint8Array>

export class Upstream {
  #target: string
  #onClose: () => void
  #session?: ClientHttp2Session
  /** What waits for the server's answers. */
  #waiting = new Set<ServerHttp2Stream>()

  /**
   * Connects when it is first needed, and again when the connection is gone by then.
   *
   * @param target the server's origin
   * @param onClose called when a connection to it is gone, or did not come about; where the server has said goodbye
   * (GOAWAY, RFC 9113 § 6.8), only when its last words were handed on
   */
  constructor(target: string, onClose = () => {}) {
    this.#target = target
    this.#onClose = onClose
  }

  /**
   * Asks the server for the same, and hands its answer back. Where one of the two streams ends too early, so does the
   * other one. Of the answer only `alt-svc` is left out: clients would follow it, past the proxy.
   */
  pass(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, relay: Relay = (body) => body): void {
    const asked = this.#open().request({ ...ownWords(headers), ...this.#namesIn(headers) })
    stream.pipe(asked)
    this.#waiting.add(stream)
    stream.on('close', () => {
      this.#waiting.delete(stream)
      asked.close()
    })
    asked.on('error', () => {}) // `close` follows
    asked.on('close', () => {
      stream.resume() // the rest of a body that the server did not wait for is for nobody
      if (!stream.headersSent) stream.close(asked.rstCode || constants.NGHTTP2_INTERNAL_ERROR)
    })
    asked.on('response', (answer) => {
      if (stream.destroyed) return asked.close()
      const { 'alt-svc': _, ...head } = answer
      stream.respond(head)
      // A HEAD request wants no body: respond() has ended its stream.
      if (stream.writableEnded) return
      pipeline(
        asked,
        (body) => relay(body, answer),
        stream,
        () => {},
      )
    })
  }

  close(): void {
    this.#session?.destroy()
  }

  /** The server's own name, also as the origin of a page that came from here. That of any other page stays. */
  #namesIn({ origin, ':authority': authority }: IncomingHttpHeaders): OutgoingHttpHeaders {
    const name = { ':authority': authorityOf(this.#target) }
    return origin === `https://${authority}` ? { ...name, origin: new URL(this.#target).origin } : name
  }

  #open(): ClientHttp2Session {
    if (!this.#session || this.#session.closed || this.#session.destroyed) {
      const session = connect(this.#target, { rejectUnauthorized: false })
      let isFarewell = false
      session.on('error', () => {}) // `close` follows
      session.on('goaway', (code) => {
        isFarewell = code === constants.NGHTTP2_NO_ERROR
      })
      session.on('close', async () => {
        if (isFarewell)
          await Promise.all([...this.#waiting].map((stream) => finished(stream).catch(() => {})))
        this.#onClose()
      })
      this.#session = session
    }
    return this.#session
  }
}

/** A request without the name of the server that it was sent to. */
function ownWords(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const { ':authority': _, host: __, ...rest } = headers
  return rest
}
