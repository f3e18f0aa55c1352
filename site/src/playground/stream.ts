/**
 * A stream of any length, read once and kept as its bytes with a mark every few hundred lines. Any part of it can be read
 * again from the mark before it, so 10 MB take little more room than 10 MB.
 */
import {
  hasBom,
  LineReader,
  type Place,
  type Source,
  sourceOf,
  type WireLine,
} from '../../../checks/wire/lines.ts'
import { createEventReader, type ParsedEvent } from '../../../checks/wire/parse.ts'
import { type Dispatched, newState, perform, type State, type Step } from './standard.ts'

export interface Stream extends Source {
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
  /** The number of its block, from 1. */
  block: number
}

/** A line, and what came before it. */
interface Mark extends Place {
  blocks: number
  state: State
}

const LINES_APART = 400

export function readStream(bytes: Uint8Array): Stream {
  const source = sourceOf(bytes)
  const stream: Stream = {
    ...source,
    bom: hasBom(source),
    lines: 0,
    blocks: [],
    state: newState(),
    parsed: 0,
    agrees: true,
    marks: [],
  }
  const { blocks, state, marks } = stream
  const comparison = new Comparison(stream)
  const reader = new LineReader(source)
  let open = false
  for (let line = reader.next(); line; line = reader.next()) {
    if (stream.lines++ % LINES_APART === 0) {
      const { number, offset, index } = line
      marks.push({ number, offset, index, blocks: blocks.length - (open ? 1 : 0), state: { ...state } })
      comparison.readTo(offset)
    }
    const { event } = perform(line, state)
    if (event) comparison.expect(event)
    if (!open) blocks.push('open')
    open = line.kind !== 'blank'
    if (!open) blocks[blocks.length - 1] = event ? 'event' : 'none'
  }
  comparison.end()
  return stream
}

/** Lines of a stream from the one with the index `first` on, with what the browser does at each. */
export function* readLines(stream: Stream, first = 0): Generator<ReadLine> {
  const mark = stream.marks[Math.floor(first / LINES_APART)]
  if (!mark) return
  const state = { ...mark.state }
  const reader = new LineReader(stream, mark)
  let block = mark.blocks + 1
  for (let line = reader.next(); line; line = reader.next()) {
    const step = perform(line, state)
    if (line.number > first) yield { line, step, block }
    if (line.kind === 'blank') block++
  }
}

/** Events of a stream, from the one with the index `first` on. */
export function* readEvents(stream: Stream, first = 0): Generator<Dispatched> {
  const mark = stream.marks.findLast(({ state }) => state.events <= first)
  if (!mark) return
  let index = mark.state.events
  for (const { step } of readLines(stream, mark.number - 1)) {
    if (step.event && index++ >= first) yield step.event
  }
}

/** Holds the events of the standard against those of `eventsource-parser`, piece by piece. */
class Comparison {
  readonly #stream: Stream
  readonly #parser = createEventReader()
  readonly #mine: Dispatched[] = []
  readonly #theirs: ParsedEvent[] = []
  #offset = 0

  constructor(stream: Stream) {
    this.#stream = stream
  }

  expect(event: Dispatched): void {
    this.#mine.push(event)
  }

  /** Gives the parser the bytes up to an offset. */
  readTo(offset: number): void {
    const { events } = this.#parser.feed(this.#stream.bytes.subarray(this.#offset, offset))
    this.#offset = offset
    this.#stream.parsed += events.length
    for (const event of events) this.#theirs.push(event)
    const count = Math.min(this.#mine.length, this.#theirs.length)
    const theirs = this.#theirs.splice(0, count)
    for (const [index, mine] of this.#mine.splice(0, count).entries()) {
      if (!isSame(mine, theirs[index] as ParsedEvent)) this.#stream.agrees = false
    }
  }

  end(): void {
    this.readTo(this.#stream.bytes.length)
    if (this.#mine.length + this.#theirs.length > 0) this.#stream.agrees = false
  }
}

function isSame(mine: Dispatched, theirs: ParsedEvent): boolean {
  return mine.type === theirs.type && mine.data === theirs.data && mine.lastEventId === theirs.lastEventId
}
