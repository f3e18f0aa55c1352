/** What a learner's program printed, kept within bounds however much it is. */
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** How much of the beginning, and of the end, is kept: characters. */
const KEEP = 32 * 1024

export class Output {
  #head = ''
  #tail = ''
  #cut = 0
  /** Called with everything that comes, also with what is not kept. */
  onText?: (text: string) => void

  /**
   * Reads a stream to its end. It is read even when nothing is kept any more: a program whose pipe is full would
   * stand still. Each stream has its own decoder, so that a letter split between two chunks stays whole.
   */
  follow(stream: Readable): void {
    const decoder = new StringDecoder('utf8')
    stream.on('data', (chunk: Buffer) => this.add(decoder.write(chunk)))
    stream.on('end', () => this.add(decoder.end()))
    stream.on('error', () => {}) // the pipe of a program that was killed
  }

  add(text: string): void {
    if (text === '') return
    this.onText?.(text)
    const room = KEEP - this.#head.length
    if (room > 0) this.#head += text.slice(0, room)
    this.#tail += text.slice(Math.max(room, 0))
    const extra = this.#tail.length - KEEP
    // Cutting only now and then keeps a flood of small writes from copying the tail each time.
    if (extra > KEEP) this.#drop(extra)
  }

  /** All of it, or the first and the last 32 KiB with a line between them that says how much is missing. */
  get text(): string {
    if (this.#tail.length > KEEP) this.#drop(this.#tail.length - KEEP)
    if (this.#cut === 0) return this.#head + this.#tail
    return `${this.#head}\n… ${this.#cut} characters are not shown …\n${this.#tail}`
  }

  #drop(characters: number): void {
    this.#cut += characters
    this.#tail = this.#tail.slice(characters)
  }
}
