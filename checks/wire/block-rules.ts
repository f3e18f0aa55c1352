/** The linter's rules about one block: whether it ends, and whether an event comes of it. */

import type { Around } from './around.ts'
import type { FieldLine, WireLine } from './lines.ts'
import { ending, type Spot } from './spot.ts'

/** @param last the block's last line */
export function blockSpot(around: Around, last: WireLine): Spot | undefined {
  return around.finished ? emptyBlock(around, last) : unfinishedBlock(around, last)
}

function emptyBlock({ dispatches, isNamed }: Around, last: WireLine): Spot | undefined {
  if (dispatches || !isNamed) return undefined
  return {
    code: 'empty-field-block',
    line: last,
    show: () => ({ wrongAt: 0, should: `data: …${ending(last)}` }),
  }
}

function unfinishedBlock(around: Around, last: WireLine): Spot | undefined {
  const first = around.hasData ? endOfFirstMessage(around) : undefined
  if (first) return missingBlankLine('single-newline', first)
  // Comments and `retry` need no blank line: they count at once.
  const waits = around.isNamed || around.hasData
  // A line without its end may be only half of what it should be, but its block is unfinished in any case.
  return waits ? missingBlankLine('unfinished-block', last) : undefined
}

function missingBlankLine(code: Spot['code'], line: WireLine): Spot {
  return { code, line, show: () => ({ wrongAt: line.length, should: line.text + ending(line).repeat(2) }) }
}

/**
 * The last line of the first message, when a block holds what looks like several: data lines that are each a
 * whole time or a whole JSON object, or a second `event` or `id` after data.
 */
function endOfFirstMessage(around: Around): FieldLine | undefined {
  let firstData: FieldLine | undefined
  let dataLines = 0
  let areWhole = true
  const seen = new Set<string>()
  let previous: FieldLine | undefined
  let beforeSecond: FieldLine | undefined
  for (const line of around.lines()) {
    if (line.kind !== 'field') continue
    if (line.name === 'data') {
      firstData ??= line
      dataLines++
      areWhole &&= isWholeMessage(line.value)
    } else if (seen.has(line.name) && seen.has('data')) {
      beforeSecond ??= previous
    }
    if (WAITING.has(line.name)) seen.add(line.name)
    previous = line
  }
  return dataLines > 1 && areWhole ? firstData : beforeSecond
}

function isWholeMessage(value: string): boolean {
  return ISO_TIME.test(value) || (value.startsWith('{') && value.endsWith('}'))
}

/** The fields that count once the blank line has come. */
const WAITING: ReadonlySet<string> = new Set(['data', 'event', 'id'])

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
