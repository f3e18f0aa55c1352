/** The linter's rules about lines that belong to something else: lengths of chunks, and pages of HTML. */

import { isFieldName } from './field-names.ts'
import { endLength, LineReader, type Source, type WireLine } from './lines.ts'
import { ending, type Spot } from './spot.ts'

/** The lines of someone who writes HTTP/1.1's chunk sizes by hand: `b␍␊data: hello␊␊␍␊`. One finding says it. */
export class ChunkSizes {
  /** The first of them. */
  spot: Spot | undefined
  readonly #source: Source

  constructor(source: Source) {
    this.#source = source
  }

  has(line: WireLine): boolean {
    if (line.end !== 'crlf' || !HEX.test(line.text)) return false
    const { bytes } = this.#source
    const size = Number.parseInt(line.text, 16)
    const begin = line.offset + line.length
    const isMeasure = size > 0 && bytes[begin + size] === CR && bytes[begin + size + 1] === LF
    const isLast = size === 0 && this.spot !== undefined
    const next = new LineReader(this.#source, {
      number: line.number + 1,
      offset: begin,
      index: line.index + line.text.length + endLength(line.end),
    }).next()
    if (!isMeasure && !isLast && !isRead(next)) return false
    const should = next ? next.text + ending(next) : ''
    this.spot ??= { code: 'http-chunk-framing', line, show: () => ({ wrongAt: 0, should }) }
    return true
  }
}

/** Pages of HTML that begin between two messages. One finding says each. */
export class Pages {
  /** The first line of a page, if the line that was asked about last is one. */
  spot: Spot | undefined
  #isOpen = false
  readonly #isPossible: boolean

  constructor({ text }: Source) {
    this.#isPossible = text.includes('<')
  }

  has(line: WireLine): boolean {
    if (!this.#isPossible) return false
    const begins = !this.#isOpen && line.kind === 'field' && PAGE.test(line.text)
    const show = () => ({ wrongAt: 0, should: `data: …${ending(line)}` })
    this.spot = begins ? { code: 'html-mid-stream', line, show } : undefined
    if (!this.#isOpen && !begins) return false
    this.#isOpen = !/<\/html>/i.test(line.text)
    return true
  }
}

/** How a page of HTML begins. */
export const PAGE = /^\s*<(?:!doctype|html)\b/i

/** Whether a parser does something with a line. */
function isRead(line: WireLine | undefined): boolean {
  return line?.kind === 'comment' || (line?.kind === 'field' && isFieldName(line.name))
}

const HEX = /^[0-9a-f]{1,8}$/i
const LF = 0x0a
const CR = 0x0d
