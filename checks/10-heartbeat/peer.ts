/** A client that answers no PING, as if its machine had gone, or one that answers late and reads nothing. */
import type { TLSSocket } from 'node:tls'
import { ACK, frame, PING } from '../support/client/frames.ts'
import { type Frame, MOST, Peer, WINDOW } from '../support/client/peer.ts'
import { openTls } from '../support/client/tls.ts'
import type { CheckContext } from '../support/subject.ts'
import { isComment, isMessage, type Sight, sightsOf } from './sights.ts'

/** So many PINGs for each comment are only often. */
const OFTEN = 4

export interface PingedOptions {
  /** How many times it asks for GET /events. */
  streams: number
  /** After how many milliseconds it answers a PING; without, it never does. */
  answersAfter?: number
  /** It gives its streams no room until `read` is called. */
  isStill?: boolean
  /** It wants all that came after this event, and takes none of it from its socket: soon there is no room on the way. */
  missedSince?: string
}

export class PingedPeer extends Peer {
  /** How many PINGs came. */
  pings = 0
  /** How many more PINGs had come at a time than so many for each comment on its first stream. */
  pingsBesideComments = 0
  #answersAfter: number | undefined

  /** Connects to the server at `origin`, and asks for its streams. The connection ends with the check at the latest. */
  static async open(context: CheckContext, origin: string, options: PingedOptions): Promise<PingedPeer> {
    const socket = await openTls(origin, context)
    const peer = new PingedPeer(socket, origin, context, options)
    for (let i = 0; i < options.streams; i++) peer.ask(options.missedSince)
    if (options.missedSince !== undefined) peer.standStill()
    return peer
  }

  private constructor(socket: TLSSocket, origin: string, context: CheckContext, options: PingedOptions) {
    const { isStill, missedSince, answersAfter } = options
    super(socket, origin, context, isStill ? 0 : missedSince === undefined ? WINDOW : MOST)
    this.#answersAfter = answersAfter
  }

  /** How many of its streams the server has ended, or reset. */
  get endedStreams(): number {
    return this.streams.filter(({ ended, resetCode }) => ended || resetCode !== undefined).length
  }

  /** The body of its first stream, as far as it came. */
  get body(): Buffer {
    return Buffer.concat(this.streams[0]?.body ?? [])
  }

  /** What its first stream has brought. */
  get sights(): Sight[] {
    return sightsOf({ bytes: this.body, chunks: [] })
  }

  /** Whether so many messages have come. */
  hasAll(messages: number): boolean {
    return this.sights.filter(isMessage).length >= messages
  }

  /** Gives its first stream room, so that what was held back comes. */
  read(): void {
    const [stream] = this.streams
    if (stream) this.give(stream, MOST)
  }

  protected override take({ type, flags, payload }: Frame): void {
    if (type !== PING || flags & ACK) return
    this.pings++
    const beside = this.pings - OFTEN * this.sights.filter(isComment).length
    this.pingsBesideComments = Math.max(this.pingsBesideComments, beside)
    if (this.#answersAfter === undefined) return
    setTimeout(() => this.socket.write(frame(PING, ACK, 0, payload)), this.#answersAfter).unref()
  }
}
