/**
 * An event source that does what a check tells it to do, in front of the learner's page. It passes every request on
 * to the learner's server, and answers `/events` itself: so a check knows what was sent, can send anything, and can
 * go away and come back. It listens on a port of its own, where a page that names its port finds nothing.
 */
import type { ServerHttp2Stream } from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import { Watchers } from '../waiting.ts'
import { Front } from './front.ts'
import { Upstream } from './upstream.ts'

/** An empty page of the same origin: where a browser goes when it leaves the learner's page. */
export const BLANK = '/workshop-blank'

/** The reconnection time that the source asks for, in milliseconds. */
const RETRY_MS = 20

/** Attempts to connect again that prove a page's patience, and how long they may take, in milliseconds. */
const ATTEMPTS = 3
const LEAVE_MS = 5000

/** What `/events` does: a stream; nothing at all; or an answer of another kind. */
export type Mode = 'open' | 'hold' | { status: number }

export interface ScriptedOptions {
  /** The project's folder: it has the certificate. */
  root: string
  /** The learner's origin. */
  target: string
  /** The `event` field of what is sent; without it, events are messages. */
  event?: string
  /** Answers requests in the learner's place, those of this path. */
  answers?: { path: string; answer(stream: ServerHttp2Stream): void }
}

export async function startScripted(options: ScriptedOptions): Promise<ScriptedSource> {
  const { root, target } = options
  return new ScriptedSource(await Front.listen(root), new Upstream(target), options)
}

export class ScriptedSource implements AsyncDisposable {
  origin: string
  /** How often `/events` was asked for. */
  asked = 0
  /** Connections that were refused while the source was away. */
  refused = 0
  #mode: Mode = 'open'
  /** Nobody gets a connection. */
  #isAway = false
  #front: Front
  #upstream: Upstream
  #event?: string
  #held = new Set<ServerHttp2Stream>()
  #open = new Set<ServerHttp2Stream>()
  #watchers = new Watchers()

  constructor(front: Front, upstream: Upstream, { event, answers }: ScriptedOptions) {
    const { server } = front
    this.origin = `https://localhost:${(server.address() as AddressInfo).port}`
    this.#front = front
    this.#upstream = upstream
    this.#event = event
    server.on('connection', (socket: Socket) => this.#accept(socket))
    server.on('stream', (stream: ServerHttp2Stream, headers) => {
      const path = headers[':path']?.split('?')[0]
      if (path === '/events') this.#answer(stream)
      else if (path === BLANK) stream.respond({ 'content-type': 'text/html' }, { endStream: true })
      else if (path === answers?.path) answers?.answer(stream)
      else this.#upstream.pass(stream, headers)
    })
  }

  /** How many streams are open now. */
  get open(): number {
    return this.#open.size
  }

  /** How many wait for an answer now. */
  get held(): number {
    return this.#held.size
  }

  /** What is done with those who ask from now on; who waits for an answer gets it now. */
  set mode(mode: Mode) {
    this.#mode = mode
    this.#isAway = false
    const held = [...this.#held]
    this.#held.clear()
    for (const stream of held) this.#answer(stream, false)
  }

  /** Sends one event for each of `data` to everyone who listens. Data has no line ends. */
  send(...data: string[]): void {
    const field = this.#event ? `event: ${this.#event}\n` : ''
    const text = data.map((each) => `${field}data: ${each}\n\n`).join('')
    for (const stream of this.#open) stream.write(text)
  }

  /** Drops every connection, as a server does that stops. */
  cut(): void {
    this.#front.cut()
  }

  /** Stops, until those who listened have asked in vain several times; a new `mode` brings it back. */
  async leave(): Promise<void> {
    this.#isAway = true
    this.cut()
    const asked = this.refused + ATTEMPTS
    await this.until(({ refused }) => refused >= asked, LEAVE_MS)
  }

  /** Waits until `test` holds; false when it does not within `ms` milliseconds. */
  until(test: (source: this) => boolean, ms: number): Promise<boolean> {
    return this.#watchers.until(() => test(this), ms)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#upstream.close()
    await this.#front[Symbol.asyncDispose]()
  }

  #accept(socket: Socket): void {
    if (!this.#isAway) return
    this.refused += 1
    socket.destroy()
    this.#watchers.tell()
  }

  #answer(stream: ServerHttp2Stream, isNew = true): void {
    if (stream.destroyed) return
    if (isNew) this.asked += 1
    const mode = this.#mode
    if (mode === 'open') {
      stream.respond({ ':status': 200, 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      stream.write(`retry: ${RETRY_MS}\n\n`)
      this.#open.add(stream)
      stream.once('close', () => {
        this.#open.delete(stream)
        this.#watchers.tell()
      })
    } else if (typeof mode === 'object') {
      stream.respond({ ':status': mode.status }, { endStream: true })
    } else {
      this.#held.add(stream)
      stream.once('close', () => this.#held.delete(stream))
    }
    this.#watchers.tell()
  }
}
