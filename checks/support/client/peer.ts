/**
 * A client that writes its frames by hand, and so can do what no client library does: give a stream no room, take
 * nothing from its socket, or answer no PING.
 */
import type { TLSSocket } from 'node:tls'
import { Watchers } from '../waiting.ts'
import {
  DATA,
  END_HEADERS,
  END_STREAM,
  frame,
  GOAWAY,
  HEADERS,
  literal,
  PADDED,
  preface,
  RST_STREAM,
  requestHead,
  WINDOW_UPDATE,
} from './frames.ts'
import { openTls } from './tls.ts'

/** The setting that gives each stream its window: RFC 9113 § 6.5.2. */
const INITIAL_WINDOW_SIZE = 0x4

/** What a connection and its streams have room for at the beginning, in bytes: RFC 9113 § 6.9.2. */
export const WINDOW = 65_535

/** The most that a window has: RFC 9113 § 6.9.1. */
export const MOST = 2 ** 31 - 1

export interface Frame {
  type: number
  flags: number
  stream: number
  payload: Buffer
}

/** One request for GET /events, and what came for it. */
export interface PeerStream {
  id: number
  /** The head of its answer came. */
  begun: boolean
  /** The pieces of its body. */
  body: Buffer[]
  /** It was ended, with END_STREAM. */
  ended: boolean
  /** The error code of its RST_STREAM. */
  resetCode?: number
}

/** What a peer needs of a check: it ends with it at the latest. */
interface Patron {
  signal: AbortSignal
}

export class Peer {
  streams: PeerStream[] = []
  /** The server said GOAWAY. */
  isToldToGo = false
  /** When the server ended the connection, in milliseconds since it was open. */
  endedAt?: number
  protected socket: TLSSocket
  #origin: string
  #opened = performance.now()
  #received = Buffer.alloc(0)
  #watchers = new Watchers()

  /**
   * @param socket a connection to the server at `origin`, on which nothing was said yet
   * @param window what each of its streams has room for, in bytes; the connection has room for everything
   */
  constructor(socket: TLSSocket, origin: string, { signal }: Patron, window: number) {
    this.socket = socket
    this.#origin = origin
    signal.addEventListener('abort', () => this.leave(), { once: true })
    socket.on('error', () => {}) // `close` follows
    socket.on('end', () => this.#end())
    socket.on('close', () => this.#end())
    socket.on('data', (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes])
      this.#readFrames()
      this.#watchers.tell()
    })
    const settings = Buffer.alloc(6)
    settings.writeUInt16BE(INITIAL_WINDOW_SIZE)
    settings.writeUInt32BE(window, 2)
    socket.write(Buffer.concat([preface(settings), windowUpdate(0, MOST - WINDOW)]))
  }

  /** Connects to the server at `origin`. */
  static async connect(patron: Patron, origin: string, window = WINDOW): Promise<Peer> {
    return new Peer(await openTls(origin, patron), origin, patron, window)
  }

  /** How long it has been open, in milliseconds. */
  get age(): number {
    return performance.now() - this.#opened
  }

  /** Waits until `test` holds. Answers false when `ms` milliseconds have passed and it does not. */
  until(test: (peer: this) => boolean, ms: number): Promise<boolean> {
    return this.#watchers.until(() => test(this), ms)
  }

  /** Asks for GET /events, with `Last-Event-ID` where there is one. */
  ask(lastEventId?: string): PeerStream {
    const fields = [requestHead('GET', '/events', this.#origin)]
    if (lastEventId !== undefined) {
      fields.push(Buffer.of(NEW_NAME), literal('last-event-id'), literal(lastEventId))
    }
    const stream: PeerStream = { id: 2 * this.streams.length + 1, begun: false, body: [], ended: false }
    this.streams.push(stream)
    this.socket.write(frame(HEADERS, END_STREAM | END_HEADERS, stream.id, Buffer.concat(fields)))
    return stream
  }

  /** Gives a stream room for so many bytes more, so that what was held back comes. */
  give({ id }: PeerStream, bytes: number): void {
    this.socket.write(windowUpdate(id, bytes))
  }

  /** Takes nothing from its socket any more: soon there is no room on the way. */
  standStill(): void {
    this.socket.pause()
  }

  leave(): void {
    this.socket.destroy()
  }

  /** A frame that came. Those of its streams are looked at already. */
  protected take(_frame: Frame): void {}

  #end(): void {
    this.endedAt ??= this.age
    this.#watchers.tell()
  }

  /** Takes whole frames from what came: RFC 9113 § 4.1. */
  #readFrames(): void {
    while (this.#received.length >= 9) {
      const end = 9 + this.#received.readUIntBE(0, 3)
      if (this.#received.length < end) return
      const [type = 0, flags = 0] = this.#received.subarray(3, 5)
      const stream = this.#received.readUInt32BE(5)
      const frame = { type, flags, stream, payload: this.#received.subarray(9, end) }
      this.#received = this.#received.subarray(end)
      if (type === GOAWAY) this.isToldToGo = true
      this.#note(frame)
      this.take(frame)
    }
  }

  #note({ type, flags, stream: id, payload }: Frame): void {
    const stream = this.streams[(id - 1) / 2]
    if (!stream) return
    if (type === HEADERS) stream.begun = true
    if (type === DATA) stream.body.push(withoutPadding(flags, payload))
    if ((type === DATA || type === HEADERS) && flags & END_STREAM) stream.ended = true
    if (type === RST_STREAM) stream.resetCode = payload.readUInt32BE(0)
  }
}

function windowUpdate(stream: number, bytes: number): Buffer {
  const room = Buffer.alloc(4)
  room.writeUInt32BE(bytes)
  return frame(WINDOW_UPDATE, 0, stream, room)
}

/** What a DATA frame carries: RFC 9113 § 6.1. */
function withoutPadding(flags: number, payload: Buffer): Buffer {
  if (!(flags & PADDED)) return payload
  return payload.subarray(1, payload.length - (payload[0] ?? 0))
}

/** Before a field whose name is written out: RFC 7541 § 6.2.2. */
const NEW_NAME = 0x00
