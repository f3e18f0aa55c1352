/** One request and everything that came back for it, with times: RFC 9113 § 8.1. */
import { type ClientHttp2Stream, constants, type Http2Session, type IncomingHttpHeaders } from 'node:http2'
import { Watchers, within } from '../waiting.ts'
import { noteError, noteHead } from './connection.ts'
import { errorName } from './error-codes.ts'

/** A response's head. `ms` counts from the moment the request was sent. */
export interface Head {
  status: number
  /** Names in lower case, as HTTP/2 has them; without the pseudo-header fields. */
  headers: IncomingHttpHeaders
  /** Every field line as it came, in order, `:status` included. */
  raw: [name: string, value: string][]
  ms: number
  /** How many bytes the connection had received by then. What comes in one read has the same number. */
  read: number
}

/** The bytes of one read. `at` counts in milliseconds from the moment the request was sent. */
export interface Chunk {
  at: number
  /** As of a head. */
  read: number
  bytes: Uint8Array
}

/** How long a response's head is waited for, in milliseconds. */
const HEAD_MS = 5000

/** More than any check keeps of one response, in bytes. A server that sends without end has to wait from there on. */
const MOST = 96 * 2 ** 20

export class Exchange {
  stream: ClientHttp2Stream
  /** What carries it; the stream forgets it once it is closed. */
  session: Http2Session | undefined
  path: string
  /** Rejects when the stream is over without a response, or when none came for 5 s. */
  head: Promise<Head>
  /** What came of the body, as far as it is kept. */
  chunks: Chunk[] = []
  /** At most this many of the last bytes are kept. It holds from the next chunk on. */
  keep = Number.POSITIVE_INFINITY
  /** The chunks begin where the body does: nothing of it was let go. */
  isWhole = true
  trailers?: IncomingHttpHeaders
  /** The server ended the response cleanly, with END_STREAM. */
  ended = false
  /** The error code of the server's RST_STREAM, or of ours (RFC 9113 § 7). */
  resetCode?: number
  /** The connection went before the response had ended. */
  lost = false
  /** Resolves when the response has ended, was reset, or its connection is gone. Never rejects. */
  done: Promise<void>
  #over = false
  #sent = performance.now()
  #kept = 0
  #readers: ((chunk: Chunk) => void)[] = []
  #watchers = new Watchers()

  constructor(stream: ClientHttp2Stream, path: string) {
    this.stream = stream
    this.path = path
    this.session = stream.session
    this.#noticeEnd()
    this.done = new Promise((resolve) => {
      stream.once('close', () => {
        this.#over = true
        if (!this.ended) this.#noteCause()
        this.#watchers.tell()
        resolve()
      })
    })
    this.head = this.#readHead()
    this.head.catch(() => {}) // nobody has to ask for it
    stream.on('data', (bytes: Buffer) => {
      const chunk = { at: this.#ms(), read: this.#bytesRead(), bytes }
      this.chunks.push(chunk)
      this.#kept += bytes.length
      if (this.#kept > this.keep) this.#letGo()
      if (this.#kept > MOST) this.pause()
      for (const reader of this.#readers) reader(chunk)
      this.#watchers.tell()
    })
    stream.on('trailers', (trailers) => {
      this.trailers = trailers
    })
    stream.on('error', (error) => noteError(this.session, error)) // the rest is in `resetCode` and `lost`
  }

  /** True once the response has ended, was reset, or its connection is gone: nothing more will come. */
  get over(): boolean {
    return this.#over
  }

  /** The response's head, or undefined when none came within `ms` milliseconds. Never rejects. */
  async headWithin(ms: number): Promise<Head | undefined> {
    return within(
      this.head.catch(() => undefined),
      ms,
    )
  }

  /** All of the body so far, or the last of it. */
  get bytes(): Uint8Array {
    return Buffer.concat(this.chunks.map((chunk) => chunk.bytes))
  }

  /** The body so far, as UTF-8. */
  get text(): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.bytes)
  }

  /** Hands over each chunk, once: those that are kept by now, and then each that comes, whether it is kept or not. */
  eachChunk(reader: (chunk: Chunk) => void): void {
    for (const chunk of this.chunks) reader(chunk)
    this.#readers.push(reader)
  }

  /**
   * Waits until `test` holds; it is asked again for each chunk, and when the stream is over.
   * Answers false when `ms` milliseconds have passed or the stream is over, and it still does not hold.
   */
  until(test: (exchange: this) => boolean, ms: number): Promise<boolean> {
    return this.#watchers.until(
      () => test(this),
      ms,
      () => this.#over,
    )
  }

  /** Ends the stream with RST_STREAM; CANCEL by default, as a browser does that loses interest. */
  reset(code: number = constants.NGHTTP2_CANCEL): void {
    this.stream.close(code)
  }

  /** Stops reading: the server may send until the flow-control window is full (RFC 9113 § 5.2). */
  pause(): void {
    this.stream.pause()
  }

  resume(): void {
    this.stream.resume()
  }

  /** Keeps half of what may be kept, so that there is seldom something to do. */
  #letGo(): void {
    let extra = this.#kept - Math.floor(this.keep / 2)
    this.#kept -= extra
    this.isWhole = false
    let [first] = this.chunks
    while (first && first.bytes.length <= extra) {
      extra -= first.bytes.length
      this.chunks.shift()
      first = this.chunks[0]
    }
    if (first) this.chunks[0] = { ...first, bytes: first.bytes.subarray(extra) }
  }

  #ms(): number {
    return performance.now() - this.#sent
  }

  #bytesRead(): number {
    return this.stream.session?.socket.bytesRead ?? 0
  }

  async #readHead(): Promise<Head> {
    const { promise, resolve, reject } = Promise.withResolvers<Head>()
    this.stream.once('response', (headers, _flags, rawHeaders) => {
      const { ':status': status = 0, ...fields } = headers
      resolve({ status, headers: fields, raw: pairs(rawHeaders), ms: this.#ms(), read: this.#bytesRead() })
      noteHead(this.session)
      queueMicrotask(() => this.#watchers.tell())
    })
    this.stream.once('close', () => reject(new Error(`no response to ${this.path}: ${this.#fate()}`)))
    const late = () => reject(new Error(`no response to ${this.path} within ${HEAD_MS / 1000} s`))
    const timer = setTimeout(late, HEAD_MS)
    return promise.finally(() => clearTimeout(timer))
  }

  /**
   * Node signals the end of a response in the same way whether END_STREAM or RST_STREAM came, but only after
   * RST_STREAM is the stream closed by then. The end enters through `push`, also while reading is paused.
   */
  #noticeEnd(): void {
    const { stream } = this
    stream.push = (chunk, encoding) => {
      if (chunk === null && !stream.closed) this.ended = true
      return Object.getPrototypeOf(stream).push.call(stream, chunk, encoding)
    }
  }

  #noteCause(): void {
    if (!this.session || this.session.destroyed) this.lost = true
    else this.resetCode = this.stream.rstCode
  }

  #fate(): string {
    if (this.lost) return 'the connection was closed'
    if (this.resetCode === undefined) return 'the stream ended'
    return `the stream was reset with code ${this.resetCode} (${errorName(this.resetCode)})`
  }
}

function pairs(flat: string[]): [string, string][] {
  return flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1] ?? ''] as [string, string]] : []))
}
