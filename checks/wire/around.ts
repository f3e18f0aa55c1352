/** The block that a line stands in: what the rules about one line have to know of it. */

import { isJson } from './json.ts'
import { endLength, endOfContent, LineReader, lineEnd, type Source, type WireLine } from './lines.ts'
import type { Severity } from './words.ts'

export class Around {
  readonly #source: Source
  /** The block's first line. */
  readonly first: WireLine
  /** False when the block may still get better: more bytes may come. */
  readonly settled: boolean
  /** Whether its blank line has come. */
  finished = false
  /** Whether it has a data field. */
  hasData = false
  /** Whether it has an `event` or an `id`, of those lines that were read. */
  isNamed = false
  /** Whether it has a data field, of those lines that were read: a line of text may be the rest of its text. */
  hasText = false
  /** Whether every data line so far holds what looks like a whole line of a stream: the block was framed twice. */
  isWrapped = true
  /** Whether one of its lines has a fault. */
  isBroken = false
  #isJson: boolean | undefined

  /** @param complete whether these are all the bytes there will be */
  constructor(source: Source, first: WireLine, complete: boolean) {
    this.#source = source
    this.first = first
    this.#look()
    this.settled = complete || this.finished
  }

  /** Takes note of the block's next line. */
  see(line: WireLine): void {
    if (line.kind !== 'field') return
    this.isNamed ||= line.name === 'event' || line.name === 'id'
    this.hasText ||= line.name === 'data'
  }

  /** Whether an event comes of it. */
  get dispatches(): boolean {
    return this.finished && this.hasData
  }

  /** Whether the data lines together are JSON. Looked up when it is first asked for, once a block. */
  get isJson(): boolean {
    this.#isJson ??= this.dispatches && isJson(this.#data())
    return this.#isJson
  }

  /** Its lines, read once more. */
  *lines(): Generator<WireLine> {
    const reader = new LineReader(this.#source, this.first)
    for (let line = reader.next(); line; line = reader.next()) {
      yield line
      if (line.kind === 'blank') return
    }
  }

  #data(): string {
    const values: string[] = []
    for (const line of this.lines())
      if (line.kind === 'field' && line.name === 'data') values.push(line.value)
    return values.join('\n')
  }

  /** Looks ahead to the end of the block. */
  #look(): void {
    const { bytes } = this.#source
    let offset = this.first.offset
    while (!this.finished && offset < bytes.length) {
      const end = endOfContent(bytes, offset)
      this.finished = end === offset
      this.hasData ||= isData(bytes, offset, end)
      offset = end + endLength(lineEnd(bytes, end))
    }
  }
}

/** How bad a fault is that an event may survive: a warning when one comes all the same, or may still come. */
export function lossOf({ settled, dispatches }: Around): Severity {
  return settled && !dispatches ? 'error' : 'warning'
}

/** Whether the line between these places is a data field. */
function isData(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start
  if (length < 4 || bytes[start] !== 0x64 || bytes[start + 1] !== 0x61) return false
  return bytes[start + 2] === 0x74 && bytes[start + 3] === 0x61 && (length === 4 || bytes[start + 4] === 0x3a)
}
