/** The linter's notes on spellings that are right, and that some clients other than browsers stumble over. */

import { isFieldName } from './field-names.ts'
import { hasBom, LineReader, type Source, type WireLine } from './lines.ts'
import { ending, type Spot } from './spot.ts'

/** A note on the byte order mark that a stream begins with. */
export function bomSpot(source: Source): Spot | undefined {
  if (!hasBom(source)) return undefined
  // The mark belongs to no line. It is shown in front of the first one.
  const line = new LineReader(source, { number: 1, offset: 0, index: 0 }).next()
  if (!line) return undefined
  return {
    code: 'leading-bom',
    line,
    show: () => ({ wrongAt: 0, should: line.text.slice(1) + ending(line) }),
  }
}

/** Looks at every line, and notes what is the first of its kind. */
export class Spelling {
  #firstCr: WireLine | undefined
  #firstCrlf: WireLine | undefined
  #firstLf: WireLine | undefined
  #firstDense: WireLine | undefined

  /** @param mayGoOn whether a last line that ends in CR may still get its LF */
  see(line: WireLine, mayGoOn: boolean): void {
    if (line.end === 'crlf') this.#firstCrlf ??= line
    if (line.end === 'lf') this.#firstLf ??= line
    if (line.end === 'cr' && !mayGoOn) this.#firstCr ??= line
    if (isDense(line)) this.#firstDense ??= line
  }

  /** @param isChunked whether the CRLFs may be those of HTTP/1.1's chunks */
  spots(isChunked: boolean): Spot[] {
    const spots: Spot[] = []
    const cr = this.#firstCr
    const isMixed = this.#firstLf !== undefined || this.#firstCrlf !== undefined
    if (cr) spots.push(lineEndSpot(isMixed ? 'lone-cr' : 'cr-line-ends', cr, 1))
    if (this.#firstCrlf && !isChunked) spots.push(lineEndSpot('crlf-line-ends', this.#firstCrlf, 2))
    if (this.#firstDense) spots.push(denseSpot(this.#firstDense))
    return spots
  }
}

function lineEndSpot(code: Spot['code'], line: WireLine, length: number): Spot {
  return { code, line, show: () => ({ wrongAt: line.length - length, should: `${line.text}\n` }) }
}

/** Whether a field has a value, and no space before it. */
function isDense(line: WireLine): boolean {
  return (
    line.kind === 'field' &&
    line.value !== '' &&
    line.valueOffset - line.offset === line.name.length + 1 &&
    isFieldName(line.name)
  )
}

function denseSpot(line: WireLine): Spot {
  const show = () => {
    const wrongAt = line.text.indexOf(':') + 1
    return { wrongAt, should: `${line.text.slice(0, wrongAt)} ${line.text.slice(wrongAt)}${ending(line)}` }
  }
  return { code: 'no-space', line, show }
}
