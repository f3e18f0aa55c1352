/** A stream that was saved: a body, or head and body as `curl -i` writes them; from a file, or piped in. */
import { createReadStream, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { errorCode, UsageError } from '../errors.ts'
import { typedIn } from '../typed-in.ts'
import type { Listener } from './answer.ts'
import { readHeads } from './saved-head.ts'

/**
 * Reads a file, or standard input while it comes.
 *
 * @throws UsageError when the file can't be read
 */
export async function readSaved(
  from: { file: string } | 'stdin',
  listener: Listener,
): Promise<{ leave(): void }> {
  const stream = from === 'stdin' ? process.stdin : createReadStream(fileOf(from.file))
  const begun = performance.now()
  const ms = () => performance.now() - begun
  const heads = new HeadReader(listener, ms)
  let isOver = false
  const end = (how: 'ended' | 'left') => {
    if (isOver) return
    isOver = true
    if (how === 'ended') heads.finish()
    listener.end({ how })
    stream.destroy()
  }
  stream.on('data', (bytes) => {
    if (!isOver) heads.feed(bytes as Buffer)
  })
  stream.on('end', () => end('ended'))
  stream.on('error', () => end('ended'))
  return { leave: () => end('left') }
}

function fileOf(word: string): string {
  const path = resolve(typedIn(), word)
  try {
    if (!statSync(path).isDirectory()) return path
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw new UsageError(`${word} can't be read (${errorCode(error)}).`)
    throw new UsageError(
      `"${word}" is no address, and no file is called so. Type it like http://localhost:3000/events`,
    )
  }
  throw new UsageError(`${word} is a folder. Name a file, or an address.`)
}

/** Takes the heads off that curl writes with `-i`, while they come. */
class HeadReader {
  readonly #listener: Listener
  readonly #ms: () => number
  #begin: Buffer = Buffer.alloc(0)
  #isBody = false

  constructor(listener: Listener, ms: () => number) {
    this.#listener = listener
    this.#ms = ms
  }

  feed(bytes: Buffer): void {
    if (this.#isBody) {
      this.#listener.bytes(bytes, this.#ms())
      return
    }
    this.#begin = Buffer.concat([this.#begin, bytes])
    this.#look(false)
  }

  finish(): void {
    if (!this.#isBody) this.#look(true)
  }

  /** Goes on once it is clear where the body begins. */
  #look(isAll: boolean): void {
    const found = readHeads(this.#begin, isAll)
    if (!found) return
    this.#isBody = true
    const body = this.#begin.subarray(found.length)
    if (found.head) this.#listener.head({ ...found.head, ms: this.#ms() })
    if (body.length > 0) this.#listener.bytes(body, this.#ms())
    this.#begin = Buffer.alloc(0)
  }
}
