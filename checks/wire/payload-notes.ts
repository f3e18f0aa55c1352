/** The linter's notes on data that are right, and that clients of JSON streams stumble over. */

import { Tally } from './finding.ts'
import type { FieldLine, WireLine } from './lines.ts'
import { ending, type Spot } from './spot.ts'

/** Notes on events with empty data where all other data are JSON. */
export class EmptyData {
  #empty = new Tally()
  #json = 0
  #other = 0
  #first: FieldLine | undefined
  #last: FieldLine | undefined

  see(line: WireLine): void {
    if (line.kind === 'field' && line.name === 'data') {
      this.#first ??= line
      this.#last = line
    }
    if (line.kind !== 'blank') return
    if (this.#first && this.#last) this.#sort(this.#first, this.#last)
    this.#first = undefined
    this.#last = undefined
  }

  /** Hands on what it found, if there is anything to say. */
  tell(tally: Tally): void {
    if (this.#json > 0 && this.#other === 0) tally.take(this.#empty)
  }

  #sort(first: FieldLine, last: FieldLine): void {
    if (first === last && first.value === '') this.#empty.add(emptySpot(first))
    else if (CLOSING.get(first.value.charAt(0)) === last.value.at(-1)) this.#json++
    else this.#other++
  }
}

function emptySpot(line: FieldLine): Spot {
  const show = () => ({ wrongAt: line.valueOffset - line.offset, should: `data: {}${ending(line)}` })
  return { code: 'empty-data', line, show }
}

/** A note on the chunks of a chat completion that end without the `[DONE]` that their API has. */
export class MissingDone {
  #last: FieldLine | undefined
  #isDone = false

  see(line: WireLine): void {
    if (line.kind !== 'field' || line.name !== 'data') return
    this.#isDone ||= line.value === '[DONE]'
    if (line.value.includes('"chat.completion.chunk"') && LAST_CHUNK.test(line.value)) this.#last = line
  }

  spot(): Spot | undefined {
    const line = this.#last
    if (!line || this.#isDone) return undefined
    const end = ending(line).repeat(2)
    const show = () => ({ wrongAt: line.length, should: `${line.text}${end}data: [DONE]${end}` })
    return { code: 'missing-done', line, show }
  }
}

const CLOSING = new Map([
  ['{', '}'],
  ['[', ']'],
  ['"', '"'],
])

/** The chunk that says why the text ends; there it is `null`. */
const LAST_CHUNK = /"finish_reason"\s*:\s*"/
