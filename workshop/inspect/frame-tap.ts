/**
 * Looks at the frames that a server sends (RFC 9113 § 4.1), as they go by. Node tells of a reset in the same way
 * whether the server sent it or our own client did, to refuse what came.
 */
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { DATA, END_STREAM, HEADERS, RST_STREAM } from '../../checks/support/client/frames.ts'

export class FrameTap extends Duplex {
  /** The code of the server's RST_STREAM. */
  resetCode: number | undefined
  /** Whether the head of an answer came, readable or not. */
  answered = false
  /** Whether the server ended the answer: END_STREAM. */
  ended = false
  readonly #socket: Socket
  readonly #head = Buffer.alloc(HEAD)
  #have = 0
  /** What is left of the payload that goes by, in bytes. */
  #left = 0
  #code = Buffer.alloc(0)

  constructor(socket: Socket) {
    super({ allowHalfOpen: false })
    this.#socket = socket
    socket.on('data', (bytes: Buffer) => {
      this.#look(bytes)
      if (!this.push(bytes)) socket.pause()
    })
    socket.on('end', () => this.push(null))
    socket.on('close', () => this.destroy())
    socket.on('error', (error) => this.destroy(error))
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(bytes: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(bytes, done)
  }

  override _final(done: () => void): void {
    this.#socket.end(done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy()
    done(error)
  }

  #look(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.#left > 0) {
        const part = bytes.subarray(at, at + this.#left)
        if (this.#isReset() && this.resetCode === undefined) this.#collect(part)
        this.#left -= part.length
        at += part.length
        continue
      }
      const part = bytes.subarray(at, at + HEAD - this.#have)
      part.copy(this.#head, this.#have)
      this.#have += part.length
      at += part.length
      if (this.#have === HEAD) this.#begin()
    }
  }

  #begin(): void {
    this.#have = 0
    this.#left = this.#head.readUIntBE(0, 3)
    this.#code = Buffer.alloc(0)
    const [, , , type = 0, flags = 0] = this.#head
    if (type === HEADERS) this.answered = true
    if ((type === HEADERS || type === DATA) && (flags & END_STREAM) !== 0) this.ended = true
  }

  #isReset(): boolean {
    return this.#head[3] === RST_STREAM
  }

  #collect(part: Buffer): void {
    this.#code = Buffer.concat([this.#code, part])
    if (this.#code.length >= 4) this.resetCode = this.#code.readUInt32BE(0)
  }
}

const HEAD = 9
