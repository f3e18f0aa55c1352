/**
 * A client that writes its frames by hand: one that answers no PING, as if its machine had gone, or one that answers late
 * and reads nothing. A client library does neither.
 */
import type { TLSSocket } from 'node:tls'
import { authorityOf } from '../support/client/client.ts'
import {
  AUTHORITY,
  END_HEADERS,
  END_STREAM,
  frame,
  HEADERS,
  literal,
  PREFACE,
  SETTINGS,
} from '../support/client/frames.ts'
import { openTls } from '../support/client/tls.ts'
import type { CheckContext } from '../support/subject.ts'
import { Watchers } from '../support/waiting.ts'
import { isComment, isMessage, type Sight, sightsOf } from './sights.ts'

const DATA = 0x0
const RST_STREAM = 0x3
const PING = 0x6
const GOAWAY = 0x7
const WINDOW_UPDATE = 0x8

const ACK = 0x1
const PADDED = 0x8

/** The setting that gives each stream its window: RFC 9113 § 6.5.2. */
const INITIAL_WINDOW_SIZE = 0x4

/** What a connection and its streams have room for at the beginning, in bytes. */
const WINDOW = 65_535

/** The most that a window has: RFC 9113 § 6.9.1. */
const MOST = 2 ** 31 - 1

/** So many PINGs for each comment are only often. */
const OFTEN = 4

export interface PeerOptions {
  /** How many times it asks for GET /events. */
  streams: number
  /** After how many milliseconds it answers a PING; without, it never does. */
  answersAfter?: number
  /** It gives its streams no room until `read` is called. */
  isStill?: boolean
  /** It wants all that came after this event, and takes none of it from its socket: soon there is no room on the way. */
  missedSince?: string
}

export class Peer {
  /** How many PINGs came. */
  pings = 0
  /** How many more PINGs had come at a time than so many for each comment on its first stream. */
  pingsBesideComments = 0
  /** How many of its streams the server has ended, or reset. */
  endedStreams = 0
  /** The server said GOAWAY. */
  isToldToGo = false
  /** When the server ended the connection, in milliseconds since it was open. */
  endedAt?: number
  /** The body of its first stream, as far as it came. */
  body: Buffer = Buffer.alloc(0)
  #socket: TLSSocket
  #opened = performance.now()
  #received = Buffer.alloc(0)
  #watchers = new Watchers()

  /** Connects to the server at `origin`, and asks for its streams. The connection ends with the check at the latest. */
  static async open({ signal }: CheckContext, origin: string, options: PeerOptions): Promise<Peer> {
    const peer = new Peer(await openTls(origin, { signal }), options)
    signal.addEventListener('abort', () => peer.leave(), { once: true })
    peer.#ask(origin, options)
    return peer
  }

  private constructor(socket: TLSSocket, options: PeerOptions) {
    this.#socket = socket
    socket.on('error', () => {}) // `close` follows
    socket.on('end', () => this.#end())
    socket.on('close', () => this.#end())
    socket.on('data', (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes])
      this.#readFrames(options)
      this.#watchers.tell()
    })
  }

  /** How long it has been open, in milliseconds. */
  get age(): number {
    return performance.now() - this.#opened
  }

  /** What its first stream has brought. */
  get sights(): Sight[] {
    return sightsOf({ bytes: this.body, chunks: [] })
  }

  /** Whether so many messages have come. */
  hasAll(messages: number): boolean {
    return this.sights.filter(isMessage).length >= messages
  }

  /** Waits until `test` holds. Answers false when `ms` milliseconds have passed and it does not. */
  until(test: (peer: this) => boolean, ms: number): Promise<boolean> {
    return this.#watchers.until(() => test(this), ms)
  }

  /** Gives its first stream room, so that what was held back comes. */
  read(): void {
    this.#socket.write(Buffer.concat([windowUpdate(0, MOST - WINDOW), windowUpdate(1, MOST)]))
  }

  leave(): void {
    this.#socket.destroy()
  }

  #ask(origin: string, { streams, isStill, missedSince }: PeerOptions): void {
    const fields = [GET, Buffer.of(PATH), literal('/events'), AUTHORITY, literal(authorityOf(origin))]
    if (missedSince !== undefined) {
      fields.push(Buffer.of(NEW_NAME), literal('last-event-id'), literal(missedSince))
    }
    const settings = Buffer.alloc(6)
    settings.writeUInt16BE(INITIAL_WINDOW_SIZE)
    settings.writeUInt32BE(isStill ? 0 : missedSince === undefined ? WINDOW : MOST, 2)
    const asks = Array.from({ length: streams }, (_, i) =>
      frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, Buffer.concat(fields)),
    )
    const room = missedSince === undefined ? [] : [windowUpdate(0, MOST - WINDOW)]
    this.#socket.write(Buffer.concat([PREFACE, frame(SETTINGS, 0, 0, settings), ...room, ...asks]))
    if (missedSince !== undefined) this.#socket.pause()
  }

  #end(): void {
    this.endedAt ??= this.age
    this.#watchers.tell()
  }

  /** Takes whole frames from what came: RFC 9113 § 4.1. */
  #readFrames(options: PeerOptions): void {
    while (this.#received.length >= 9) {
      const end = 9 + this.#received.readUIntBE(0, 3)
      if (this.#received.length < end) return
      const [type = 0, flags = 0] = this.#received.subarray(3, 5)
      const stream = this.#received.readUInt32BE(5)
      this.#take({ type, flags, stream, payload: this.#received.subarray(9, end) }, options)
      this.#received = this.#received.subarray(end)
    }
  }

  #take({ type, flags, stream, payload }: Frame, { answersAfter }: PeerOptions): void {
    if (type === GOAWAY) this.isToldToGo = true
    if (type === RST_STREAM || (type === DATA && flags & END_STREAM)) this.endedStreams++
    if (type === DATA && stream === 1) this.body = Buffer.concat([this.body, withoutPadding(flags, payload)])
    if (type !== PING || flags & ACK) return
    this.pings++
    const beside = this.pings - OFTEN * this.sights.filter(isComment).length
    this.pingsBesideComments = Math.max(this.pingsBesideComments, beside)
    if (answersAfter === undefined) return
    setTimeout(() => this.#socket.write(frame(PING, ACK, 0, payload)), answersAfter).unref()
  }
}

interface Frame {
  type: number
  flags: number
  stream: number
  payload: Buffer
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

/** `:method: GET` and `:scheme: https`, and the number of the name `:path`: RFC 7541 appendix A. */
const GET = Buffer.of(0x82, 0x87)
const PATH = 0x04

/** Before a field whose name is written out: RFC 7541 § 6.2.2. */
const NEW_NAME = 0x00
