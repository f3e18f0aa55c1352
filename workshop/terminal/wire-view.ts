/** Bytes beside events: what came over the wire, and what the parser made of it. */
import { concat, visible } from '../../checks/wire/bytes.ts'
import { createEventReader, type ParsedEvent } from '../../checks/wire/parse.ts'
import { type Block, readWire } from '../../checks/wire/read.ts'
import type { Room } from './layout.ts'
import { clip, clipMiddle, columnsOf, fill } from './layout.ts'
import { eventName, type Received } from './received.ts'

/** One line of an event stream as it came, and what stands beside it. */
export interface WireRow {
  bytes: string
  event: string
  /** The id of the event's own block. */
  id?: string
  /** `event`: something was dispatched here; `quiet`: a remark on why nothing was. */
  kind: 'event' | 'quiet' | 'none'
}

/** Before an event that a client had missed. */
const MISSED = 'missed  '

/** An id that is cut shorter tells nothing, so it is left out. */
const SHORT = 5

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
    text ? [`  ${paint('bold', clipMiddle(`── ${text}`, width - 2))}`] : []
  const lines = episodes.flatMap(({ head, isStream, bytes, missed, over }, index) => {
    const rows = isStream ? wireRows(bytes, { missed, over }) : isStream === false ? plainRows(bytes) : []
    return [
      ...mark(index > 0 ? visible(head) : ''),
      ...rows.map((row) => columns(lineText(row, left), eventText(row, width - left - 6, paint))),
      ...mark(over),
    ]
  })
  const gap = room.rows > 10 ? [''] : []
  return [
    `  ${clipMiddle(visible(newest?.head ?? ''), width - 2)}`,
    ...gap,
    columns(paint('dim', 'bytes on the wire'), paint('dim', 'events in the browser')),
    ...lines.slice(-Math.max(1, room.rows - 2 - gap.length)),
  ]
}

/** What counts of an id is its end, where ids are counted. */
function lineText({ bytes }: WireRow, columns: number): string {
  return /^id:/.test(bytes) ? clipMiddle(bytes, columns) : bytes
}

function eventText({ event, id, kind }: WireRow, columns: number, paint: Room['paint']): string {
  if (kind === 'none') return ''
  if (kind === 'quiet') return paint('dim', clip(event, columns))
  const room = columns - columnsOf(`${event}  (id )`)
  const named =
    id === undefined || room < Math.min(SHORT, columnsOf(id)) ? '' : `  (id ${clipMiddle(id, room)})`
  return paint('bold', clip(event + named, columns))
}

/**
 * Every line of a stream, and beside the first line of each block what the block came to.
 *
 * @param missed what was published while the client was away
 * @param over how the stream has ended, if it has
 */
export function wireRows(
  bytes: Uint8Array,
  { missed, over }: Pick<Received, 'missed' | 'over'> = {},
): WireRow[] {
  if (bytes.length === 0)
    return [{ bytes: '', event: over ? '(no byte came)' : '(open, and no byte came yet)', kind: 'quiet' }]
  const reader = createEventReader()
  return readWire(bytes).blocks.flatMap((block) => {
    const { events } = reader.feed(concat(block.lines.map(({ raw }) => raw)))
    return rowsOf(block, events, missed)
  })
}

/** What a browser does not read as events. */
function plainRows(bytes: Uint8Array): WireRow[] {
  const lines = readWire(bytes).blocks.flatMap((block) => block.lines.map(({ raw }) => visible(raw)))
  return (lines.length > 0 ? lines : ['']).map((bytes, index) => ({
    bytes,
    event: index === 0 ? '(a browser would hang up here)' : '',
    kind: 'quiet',
  }))
}

function rowsOf(block: Block, events: ParsedEvent[], missed: Received['missed']): WireRow[] {
  const quiet: Said = { event: remark(block), kind: 'quiet' }
  const said = events.length > 0 ? events.flatMap((event) => eventRows(event, missed)) : [quiet]
  const height = Math.max(block.lines.length, said.length)
  return Array.from({ length: height }, (_, index) => {
    const line = block.lines[index]
    return { bytes: line ? visible(line.raw) : '', ...(said[index] ?? NOTHING) }
  })
}

type Said = Omit<WireRow, 'bytes'>

const NOTHING: Said = { event: '', kind: 'none' }

/** A row for each line of the data, one below the other. */
function eventRows(event: ParsedEvent, missed: Received['missed']): Said[] {
  const mark = missed?.has(eventName(event) ?? '') ? MISSED : ''
  const [first = '', ...more] = event.data.split('\n').map((line) => visible(line))
  const id = event.id === undefined ? undefined : visible(event.id)
  const indent = ' '.repeat(mark.length + event.type.length + 2)
  return [
    { event: `${mark}${visible(event.type)}: ${first}`.trimEnd(), id, kind: 'event' },
    ...more.map((line): Said => ({ event: indent + line, kind: 'event' })),
  ]
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
