/** Whether lines come a few bytes at a time, so that what is not finished yet may just be slow. */

/** A line that came in pieces. */
export interface Drip {
  pieces: number
  bytes: number
  /** From the first piece to the last one so far, in milliseconds. */
  ms: number
}

export class DripWatch {
  #isInLine = false
  #since = 0
  #line: Drip = { pieces: 0, bytes: 0, ms: 0 }
  #slowest: Drip | undefined

  bytes(bytes: Uint8Array, at: number): void {
    if (this.#isInLine) this.#goOn(bytes.length, at)
    if (!this.#isInLine || lineEndIn(bytes.subarray(0, -1)) !== -1) {
      this.#since = at
      this.#line = { pieces: 1, bytes: bytes.length, ms: 0 }
    }
    this.#isInLine = lineEndIn(bytes) !== bytes.length - 1
  }

  /** Whether the last line is one of those. Whoever writes a line in parts, one after the other, is quicker. */
  get isDripping(): boolean {
    return isSlow(this.#line)
  }

  /** The line that took the longest. */
  get slowest(): Drip | undefined {
    return this.#slowest
  }

  #goOn(length: number, at: number): void {
    const { pieces, bytes } = this.#line
    this.#line = { pieces: pieces + 1, bytes: bytes + length, ms: at - this.#since }
    if (isSlow(this.#line) && this.#line.ms >= (this.#slowest?.ms ?? 0)) this.#slowest = this.#line
  }
}

/**
 * A buffer that is full cuts a line in two, and may have the other half wait. And where no message has a line end, all of
 * them are one line: their pieces are longer.
 */
function isSlow({ pieces, bytes, ms }: Drip): boolean {
  return pieces > 2 && bytes / pieces < SHORT && ms >= SLOW_MS
}

function lineEndIn(bytes: Uint8Array): number {
  return Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR))
}

/** No message is as short, in bytes. */
const SHORT = 6

const SLOW_MS = 500
const LF = 0x0a
const CR = 0x0d
