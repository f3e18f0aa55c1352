/** Cuts a stream into its blocks while it comes: each up to and with its blank line (WHATWG HTML § 9.2.5). */

export class BlockCutter {
  /** What came of the block that is not finished yet. */
  #pending: Uint8Array[] = []
  #pendingLength = 0
  #isLineEmpty = true
  /** Whether the last byte was a CR: an LF behind it belongs to the same line end. */
  #afterCr = false
  #ended = false

  /** Whether a block has begun that waits for its blank line. */
  get isOpen(): boolean {
    return this.#pendingLength > 0
  }

  /**
   * The blocks that are finished by these bytes. The LF of a CR LF that is cut in two belongs to the next one.
   *
   * @param apart whether each is wanted by itself; all of them in one piece cost far less
   */
  feed(bytes: Uint8Array, apart = true): Uint8Array[] {
    const blocks: Uint8Array[] = []
    let from = 0
    let last = 0
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte === LF && this.#afterCr) {
        this.#afterCr = false
        if (this.#ended && apart && at === from) from = at + 1
        continue
      }
      this.#ended = false
      this.#afterCr = byte === CR
      if (byte !== LF && byte !== CR) {
        this.#isLineEmpty = false
        continue
      }
      if (this.#isLineEmpty) {
        const isPair = byte === CR && bytes[at + 1] === LF
        const end = at + (isPair ? 2 : 1)
        if (apart) {
          blocks.push(this.#cut(bytes.subarray(from, end)))
          from = end
        } else {
          last = end
        }
        if (isPair) {
          at++
          this.#afterCr = false
        }
        this.#ended = true
      }
      this.#isLineEmpty = true
    }
    if (last > 0) {
      blocks.push(this.#cut(bytes.subarray(from, last)))
      from = last
    }
    this.#keep(bytes.subarray(from))
    return blocks
  }

  /** What is left of a block that was never finished. */
  rest(): Uint8Array {
    return this.#cut(new Uint8Array())
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#pending.push(bytes)
    this.#pendingLength += bytes.length
  }

  #cut(last: Uint8Array): Uint8Array {
    const block = this.#pending.length > 0 ? Buffer.concat([...this.#pending, last]) : last
    this.#pending = []
    this.#pendingLength = 0
    return block
  }
}

const LF = 0x0a
const CR = 0x0d
