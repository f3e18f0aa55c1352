/**
 * A client whose machine has gone without a word: its connection is open, and it answers no PING. A client library would
 * answer, and so would a proxy. So its frames are written by hand, straight to the server.
 */
import type { TLSSocket } from 'node:tls'
import {
  ACK,
  END_HEADERS,
  END_STREAM,
  frame,
  HEADERS,
  PING,
  preface,
  requestHead,
} from '../../checks/support/client/frames.ts'
import { openTls } from '../../checks/support/client/tls.ts'

/** What there is to see of it. */
export interface DeadClientSight {
  /** When it was opened, in milliseconds since 1970. */
  since: number
  /** How many PINGs the server has sent to it. */
  pings: number
  /** When the server ended the connection. */
  endedAt?: number
}

export class DeadClient implements Disposable {
  readonly sight: DeadClientSight = { since: Date.now(), pings: 0 }
  #socket: TLSSocket
  #onChange: () => void
  #rest = Buffer.alloc(0)

  /**
   * Opens an event stream, and never says anything again.
   *
   * @param origin the server's own, not that of a proxy before it
   * @param onChange called for each PING, and when the server has ended the connection
   * @throws ConnectError
   */
  static async open(origin: string, onChange: () => void, signal: AbortSignal): Promise<DeadClient> {
    const client = new DeadClient(await openTls(origin, { signal }), onChange)
    const request = frame(HEADERS, END_STREAM | END_HEADERS, 1, requestHead('GET', '/events', origin))
    client.#socket.write(Buffer.concat([preface(), request]))
    return client
  }

  private constructor(socket: TLSSocket, onChange: () => void) {
    this.#socket = socket
    this.#onChange = onChange
    socket.on('error', () => {}) // `close` follows
    socket.on('end', this.#end)
    socket.on('close', this.#end)
    socket.on('data', (bytes: Buffer) => this.#take(bytes))
  }

  get isOpen(): boolean {
    return this.sight.endedAt === undefined
  }

  [Symbol.dispose](): void {
    this.#onChange = () => {}
    this.#socket.destroy()
  }

  #end = (): void => {
    this.sight.endedAt ??= Date.now()
    this.#onChange()
  }

  /** Counts the PINGs among the frames that came: RFC 9113 § 4.1. */
  #take(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes])
    while (this.#rest.length >= 9) {
      const end = 9 + this.#rest.readUIntBE(0, 3)
      if (this.#rest.length < end) return
      const [type, flags = 0] = this.#rest.subarray(3, 5)
      this.#rest = this.#rest.subarray(end)
      if (type !== PING || flags & ACK) continue
      this.sight.pings++
      this.#onChange()
    }
  }
}
