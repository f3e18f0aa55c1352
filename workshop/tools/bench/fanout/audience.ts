/** Clients that only count: many streams over some connections, with the time that each event took to come. */
import { once } from 'node:events'
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2'
import { DIGITS, END, now } from './text.ts'

/** How many streams, over how many connections. */
export interface Shape {
  streams: number
  connections: number
}

/** How long a connection may take, and all clients to receive what was sent, in milliseconds. */
const PATIENCE_MS = 60_000

/** Browsers let as much come as this, in bytes; Node as little as 64 KB, and then the server waits. */
const WINDOW = 8 * 2 ** 20

/** So many streams are opened at a time. */
const AT_ONCE = 100

export class Audience implements AsyncDisposable {
  /** Milliseconds from the moment when an event was sent until a client had it. */
  delays: number[] = []
  #sessions: ClientHttp2Session[] = []
  #count = 0
  #expected = 0
  #onAll = () => {}
  #onEnd: (error: Error) => void = () => {}
  #isOver = false

  /** Comes in its whole number, and waits until each stream has brought its first bytes. */
  static async open(origin: string, { streams, connections }: Shape, signal: AbortSignal): Promise<Audience> {
    const audience = new Audience()
    try {
      for (let i = 0; i < connections; i++) audience.#sessions.push(await audience.#connect(origin, signal))
      for (let from = 0; from < streams; from += AT_ONCE) {
        const group = Array.from({ length: Math.min(AT_ONCE, streams - from) }, (_, i) => from + i)
        await Promise.all(group.map((i) => audience.#listen(i % connections, signal)))
      }
      return audience
    } catch (error) {
      await audience[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Fulfils when so many events have come, all clients together. To be asked for before they are sent. */
  async receive(events: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#expected += events
    this.#onAll = resolve
    this.#onEnd = reject
    const timer = setTimeout(
      () => reject(new Error(`${this.#count} of ${this.#expected} events came within a minute`)),
      PATIENCE_MS,
    )
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop)
    try {
      await promise
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true
    await Promise.all(
      this.#sessions.map(async (session) => {
        if (session.destroyed) return
        const closed = new Promise((resolve) => session.once('close', resolve))
        session.destroy()
        await closed
      }),
    )
  }

  async #connect(origin: string, signal: AbortSignal): Promise<ClientHttp2Session> {
    const settings = { initialWindowSize: WINDOW, enablePush: false }
    const session = connect(origin, { rejectUnauthorized: false, settings })
    session.on('error', (error) => this.#onEnd(error))
    try {
      await once(session, 'connect', { signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) })
    } catch (error) {
      session.destroy()
      throw error
    }
    session.setLocalWindowSize(WINDOW)
    return session
  }

  async #listen(connection: number, signal: AbortSignal): Promise<void> {
    const stream = this.#sessions[connection]?.request({ ':path': '/events' }) as ClientHttp2Stream
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
    const begun = once(stream, 'data', { signal: limit })
    const [[head]] = await Promise.all([once(stream, 'response', { signal: limit }), begun])
    if (head[':status'] !== 200) throw new Error(`/events answered ${head[':status']}`)
    stream.on('data', (bytes: Buffer) => this.#take(bytes))
    stream.on('error', () => {})
    stream.on('close', () => {
      if (!this.#isOver) this.#onEnd(new Error('The server ended a stream'))
    })
  }

  #take(bytes: Buffer): void {
    const time = now()
    for (let at = bytes.indexOf(END); at !== -1; at = bytes.indexOf(END, at + 1)) {
      this.#count++
      // Where a piece ends within the time, this one is only counted.
      if (at >= DIGITS) this.delays.push((time - Number(bytes.toString('latin1', at - DIGITS, at))) / 1000)
    }
    if (this.#count === this.#expected) this.#onAll()
    if (this.#count > this.#expected) this.#onEnd(new Error('An event came twice'))
  }
}
