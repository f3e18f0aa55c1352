/**
 * A stream of any length, read once and kept as its bytes with a mark every few hundred lines. Any part of it can be read
 * again from the mark before it, so 10 MB take little more room than 10 MB.
 */
import { createEventReader, type ParsedEvent } from '../../../checks/wire/parse.ts'
import { readWire, type WireLine } from '../../../checks/wire/read.ts'
import { type Dispatched, newState, perform, type State, type Step } from './standard.ts'

export interface Stream {
  bytes: Uint8Array
  /** Whether it begins with a byte order mark. */
  bom: boolean
  lines: number
  blocks: BlockEnd[]
  /** Where it stands after its last line. */
  state: State
  /** How many events `eventsource-parser` makes of it. */
  parsed: number
  /** Whether those are the events of the standard, one by one. */
  agrees: boolean
  marks: Mark[]
}

/** How a block ended: with an event, with none, or not yet. */
export type BlockEnd = 'event' | 'none' | 'open'

export interface ReadLine {
  line: WireLine
  step: Step
  /** Its number in the stream, from 1. */
  number: number
  /** The number of its block, from 1. */
  block: number
}

interface Mark {
  offset: number
  /** What came before it. */
  lines: number
  blocks: number
  state: State
}

const LINES_APART = 400

export function readStream(bytes: Uint8Array): Stream {
  const stream: Stream = {
    bytes,
    bom: hasBomAt(bytes, 0),
    lines: 0,
    blocks: [],
    state: newState(),
    parsed: 0,
    agrees: true,
    marks: [],
  }
  const parser = createEventReader()
  const mine: Dispatched[] = []
  const theirs: ParsedEvent[] = []
  let open = false
  for (let offset = 0; offset < bytes.length; ) {
    const end = nextMark(bytes, offset)
    const { lines, state, blocks } = stream
    stream.marks.push({ offset, lines, blocks: blocks.length - (open ? 1 : 0), state: { ...state } })
    const piece = bytes.subarray(offset, end)
    for (const block of readWire(piece).blocks) {
      for (const line of block.lines) {
        const { event } = perform(line, state)
        if (event) mine.push(event)
        if (!open) blocks.push('open')
        open = line.kind !== 'blank'
        if (!open) blocks[blocks.length - 1] = event ? 'event' : 'none'
      }
      stream.lines += block.lines.length
    }
    const { events } = parser.feed(piece)
    for (const event of events) theirs.push(event)
    stream.parsed += events.length
    compare(stream, mine, theirs)
    offset = end
  }
  stream.agrees &&= mine.length === 0 && theirs.length === 0
  return stream
}

/** Lines of a stream, with what the browser does at each. */
export function* readLines(stream: Stream, first = 0): Generator<ReadLine> {
  const { marks, bytes } = stream
  const from = marks.findLastIndex(({ lines }) => lines <= first)
  if (from === -1) return
  const { lines, blocks, state: before } = marks[from] as Mark
  const state = { ...before }
  let number = lines
  let block = blocks
  for (let index = from; index < marks.length; index++) {
    const piece = bytes.subarray(marks[index]?.offset, marks[index + 1]?.offset)
    for (const line of readWire(piece).blocks.flatMap((each) => each.lines)) {
      const step = perform(line, state)
      number++
      if (number > first) yield { line, step, number, block: block + 1 }
      if (line.kind === 'blank') block++
    }
  }
}

/** Events of a stream, from the one with the index `first` on. */
export function* readEvents(stream: Stream, first = 0): Generator<Dispatched> {
  const mark = stream.marks.findLast(({ state }) => state.events <= first)
  if (!mark) return
  let index = mark.state.events
  for (const { step } of readLines(stream, mark.lines)) {
    if (step.event && index++ >= first) yield step.event
  }
}

/** Takes away what is the same in both. */
function compare(stream: Stream, mine: Dispatched[], theirs: ParsedEvent[]): void {
  const count = Math.min(mine.length, theirs.length)
  for (let index = 0; index < count; index++) {
    const [a, b] = [mine[index] as Dispatched, theirs[index] as ParsedEvent]
    if (a.type !== b.type || a.data !== b.data || a.lastEventId !== b.lastEventId) stream.agrees = false
  }
  mine.splice(0, count)
  theirs.splice(0, count)
}

/** Where the line ends that is the last one before the next mark. */
function nextMark(bytes: Uint8Array, start: number): number {
  let lines = 0
  let offset = start
  while (offset < bytes.length) {
    const byte = bytes[offset++]
    if (byte !== LF && byte !== CR) continue
    if (byte === CR && bytes[offset] === LF) offset++
    // The reader would skip a byte order mark where its bytes begin.
    if (++lines >= LINES_APART && !hasBomAt(bytes, offset)) return offset
  }
  return offset
}

function hasBomAt(bytes: Uint8Array, offset: number): boolean {
  return bytes[offset] === 0xef && bytes[offset + 1] === 0xbb && bytes[offset + 2] === 0xbf
}

const LF = 0x0a
const CR = 0x0d
