/** Passes requests on to the learner's server, over one HTTP/2 session. */
import {
  type ClientHttp2Session,
  connect,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2'
import { authorityOf } from '../client/client.ts'

export class Upstream {
  #target: string
  #session?: ClientHttp2Session

  constructor(target: string) {
    this.#target = target
  }

  /** Asks the learner's server for the same, and hands its answer back. 502 when there is none. */
  pass(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const upstream = this.#open().request({ ...ownWords(headers), ':authority': authorityOf(this.#target) })
    upstream.on('response', (answer) => {
      if (stream.destroyed) return upstream.close()
      const { ':status': status, 'alt-svc': _, ...fields } = answer
      stream.respond({ ...fields, ':status': status })
      upstream.pipe(stream)
    })
    upstream.on('error', () => {})
    upstream.on('close', () => {
      if (!stream.destroyed && !stream.headersSent) stream.respond({ ':status': 502 }, { endStream: true })
    })
    stream.on('close', () => upstream.close())
    stream.pipe(upstream)
  }

  close(): void {
    this.#session?.destroy()
  }

  #open(): ClientHttp2Session {
    if (!this.#session || this.#session.closed || this.#session.destroyed) {
      this.#session = connect(this.#target, { rejectUnauthorized: false })
      this.#session.on('error', () => {})
    }
    return this.#session
  }
}

/** A request without the name of the server that it was sent to. */
function ownWords(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const { ':authority': _, host: __, ...rest } = headers
  return rest
}
