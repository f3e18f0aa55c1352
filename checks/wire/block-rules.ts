/** The linter's rules about one block: whether it ends, and whether an event comes of it. */

import type { Block, FieldLine } from './read.ts'
import { ending, type Spot } from './spot.ts'

/** @param complete false when an unfinished block may still get its end */
export function blockSpots(block: Block, complete: boolean): Spot[] {
  const fields = block.lines.filter((line): line is FieldLine => line.kind === 'field')
  const spot = block.finished
    ? emptyBlock(block, fields)
    : complete
      ? unfinishedBlock(block, fields)
      : undefined
  return spot ? [spot] : []
}

function emptyBlock(block: Block, fields: FieldLine[]): Spot | undefined {
  const line = block.lines.at(-1)
  const isMeantForEvent = fields.some(({ name }) => name === 'event' || name === 'id')
  if (!line || block.dispatches || !isMeantForEvent) return undefined
  return { code: 'empty-field-block', line, wrongAt: 0, should: `data: …${ending(line)}` }
}

function unfinishedBlock(block: Block, fields: FieldLine[]): Spot | undefined {
  const first = endOfFirstMessage(fields)
  if (first) return missingBlankLine('single-newline', first)
  // Comments and `retry` need no blank line: they count at once.
  const waits = fields.some(({ name }) => name === 'data' || name === 'event' || name === 'id')
  const last = block.lines.at(-1)
  // A line without its end may be only half of what it should be, but its block is unfinished in any case.
  return waits && last ? missingBlankLine('unfinished-block', last) : undefined
}

function missingBlankLine(code: Spot['code'], line: Block['lines'][number]): Spot {
  const should = line.text + ending(line).repeat(2)
  return { code, line, wrongAt: line.raw.length, should }
}

/**
 * The last line of the first message, when a block holds what looks like several: data lines that are each a
 * whole time or a whole JSON object, or a second `event` or `id` after data.
 */
function endOfFirstMessage(fields: FieldLine[]): FieldLine | undefined {
  const data = fields.filter(({ name }) => name === 'data')
  const [first] = data
  if (data.length > 1 && data.every(({ value }) => isWholeMessage(value))) return first
  const seen = new Set<string>()
  let previous: FieldLine | undefined
  for (const field of fields) {
    if (field.name !== 'data' && seen.has(field.name) && seen.has('data')) return previous
    if (field.name === 'event' || field.name === 'id' || field.name === 'data') seen.add(field.name)
    previous = field
  }
  return undefined
}

function isWholeMessage(value: string): boolean {
  return ISO_TIME.test(value) || (value.startsWith('{') && value.endsWith('}'))
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
