/** Bytes beside events: what came over the wire, and what the parser made of it. */
import { concat, visible } from '../../checks/wire/bytes.ts'
import { createEventReader, type ParsedEvent } from '../../checks/wire/parse.ts'
import { type Block, readWire } from '../../checks/wire/read.ts'
import type { Room } from './layout.ts'
import { clip, fill } from './layout.ts'
import type { Received } from './received.ts'

/** One line of an event stream as it came, and what stands beside it. */
export interface WireRow {
  bytes: string
  event: string
  /** `event`: something was dispatched here; `quiet`: a remark on why nothing was. */
  kind: 'event' | 'quiet' | 'none'
}

/** The columns of a clock's message with its line end: in a narrow window, the bytes get that much before the events. */
const LINE = 31

/**
 * The newest that fits, bytes left and events right.
 *
 * @param episodes what came over one connection after the other, the newest last
 */
export function wireView(episodes: Received[], room: Pick<Room, 'paint' | 'width' | 'rows'>): string[] {
  const { paint, width } = room
  const left = Math.max(Math.floor((width - 5) / 2), Math.min(LINE, width - 25))
  const columns = (a: string, b: string) =>
    clip(`  ${fill(a, left)} ${paint('dim', '│')} ${b}`.trimEnd(), width)
  const newest = episodes.at(-1)
  const mark = (text: string | undefined) =>
    text ? [`  ${paint('bold', clip(`── ${text}`, width - 2))}`] : []
  const lines = episodes.flatMap(({ head, isStream, bytes, over }, index) => {
    const rows = isStream ? wireRows(bytes) : plainRows(bytes)
    return [
      ...mark(index > 0 ? visible(head) : ''),
      ...rows.map((row) => columns(row.bytes, eventText(row, width - left - 6, paint))),
      ...mark(over),
    ]
  })
  const gap = room.rows > 10 ? [''] : []
  return [
    `  ${clip(visible(newest?.head ?? ''), width - 2)}`,
    ...gap,
    columns(paint('dim', 'bytes on the wire'), paint('dim', 'events in the browser')),
    ...lines.slice(-Math.max(1, room.rows - 2 - gap.length)),
  ]
}

function eventText({ event, kind }: WireRow, columns: number, paint: Room['paint']): string {
  return kind === 'none' ? '' : paint(kind === 'quiet' ? 'dim' : 'bold', clip(event, columns))
}

/** Every line of a stream, and behind the last line of each block what the block came to. */
export function wireRows(bytes: Uint8Array): WireRow[] {
  if (bytes.length === 0) return [{ bytes: '', event: '(open, and no byte came yet)', kind: 'quiet' }]
  const reader = createEventReader()
  return readWire(bytes).blocks.flatMap((block) => {
    const { events } = reader.feed(concat(block.lines.map(({ raw }) => raw)))
    return rowsOf(block, events)
  })
}

/** What a browser does not read as events. */
function plainRows(bytes: Uint8Array): WireRow[] {
  const lines = readWire(bytes).blocks.flatMap((block) => block.lines)
  return lines.map(({ raw }, index) => ({
    bytes: visible(raw),
    event: index === 0 ? '(a browser would hang up here)' : '',
    kind: 'quiet',
  }))
}

function rowsOf(block: Block, events: ParsedEvent[]): WireRow[] {
  const said = events.length > 0 ? events.flatMap(eventLines) : [remark(block)]
  const kind = events.length > 0 ? 'event' : 'quiet'
  const height = Math.max(block.lines.length, said.length)
  return Array.from({ length: height }, (_, index) => {
    const line = block.lines[index]
    const event = said[index] ?? ''
    return { bytes: line ? visible(line.raw) : '', event, kind: event ? kind : 'none' }
  })
}

function eventLines({ type, data, lastEventId, id }: ParsedEvent): string[] {
  const [first = '', ...more] = data.split('\n').map((line) => visible(line))
  const named = id === undefined ? '' : `  (id ${visible(lastEventId)})`
  return [`${visible(type)}: ${first}${named}`, ...more.map((line) => ' '.repeat(type.length + 2) + line)]
}

/** Why a block dispatches nothing. */
function remark(block: Block): string {
  if (!block.finished) return '… waits for a blank line'
  const names = new Set(block.lines.flatMap((line) => (line.kind === 'field' ? line.name : [])))
  if (names.size === 0) return block.lines.length > 1 ? '(a comment: no event)' : '(a blank line: no event)'
  if (names.has('retry')) return '(sets the reconnection time)'
  if (names.has('id')) return '(sets the last event ID)'
  return '(no data field: no event)'
}
