/**
 * A client that reads frames by hand, and sees how its stream ends: to Node's client, END_STREAM in an empty DATA frame may
 * look like a reset with NO_ERROR.
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
import { Watchers } from '../support/waiting.ts'

const DATA = 0x0
const RST_STREAM = 0x3

/** `:method: GET`, `:scheme: https`, and the number of the name `:path`: RFC 7541 appendix A. */
const GET_PATH = Buffer.of(0x82, 0x87, 0x04)

export class Witness implements Disposable {
  /** The server sent END_STREAM. */
  hasEnd = false
  /** The code of the RST_STREAM that came before. */
  resetCode?: number
  #socket: TLSSocket
  #received = Buffer.alloc(0)
  #begun = false
  #watchers = new Watchers()

  /** Asks for `/events`, and resolves when the answer has begun, or `ms` milliseconds have passed. */
  static async enter(origin: string, ms: number): Promise<Witness> {
    const witness = new Witness(await openTls(origin, {}))
    const fields = [GET_PATH, literal('/events'), AUTHORITY, literal(authorityOf(origin))]
    const ask = frame(HEADERS, END_STREAM | END_HEADERS, 1, Buffer.concat(fields))
    witness.#socket.write(Buffer.concat([PREFACE, frame(SETTINGS, 0, 0, Buffer.alloc(0)), ask]))
    await witness.#watchers.until(() => witness.#begun, ms)
    return witness
  }

  private constructor(socket: TLSSocket) {
    this.#socket = socket
    socket.on('error', () => {}) // what came until then is what counts
    socket.on('data', (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes])
      this.#readFrames()
      this.#watchers.tell()
    })
  }

  [Symbol.dispose](): void {
    this.#socket.destroy()
  }

  /** Takes whole frames from what came: RFC 9113 § 4.1. */
  #readFrames(): void {
    while (this.#received.length >= 9) {
      const end = 9 + this.#received.readUIntBE(0, 3)
      if (this.#received.length < end) return
      const [type = 0, flags = 0] = this.#received.subarray(3, 5)
      const isOurs = this.#received.readUInt32BE(5) === 1
      if (isOurs && type === HEADERS) this.#begun = true
      if (isOurs && (type === DATA || type === HEADERS) && flags & END_STREAM) this.hasEnd = true
      if (isOurs && type === RST_STREAM && !this.hasEnd) this.resetCode = this.#received.readUInt32BE(9)
      this.#received = this.#received.subarray(end)
    }
  }
}
