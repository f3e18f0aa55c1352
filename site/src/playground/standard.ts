/**
 * What a browser does with each line of an event stream: the steps of WHATWG HTML § 9.2.6, told one by one. It knows
 * nothing of `eventsource-parser`, so the two can be held against each other.
 */
import type { Wire, WireLine } from '../../../checks/wire/read.ts'

/** An event as EventSource dispatches it. */
export interface Dispatched {
  type: string
  data: string
  lastEventId: string
}

/** One line, and what comes of it. */
export interface Step {
  line: WireLine
  /** What the browser does, in words. */
  does: string
  /** True when the line has no effect. */
  ignored: boolean
  event?: Dispatched
}

export interface Interpretation {
  steps: Step[]
  events: Dispatched[]
  /** What the browser would send as `Last-Event-ID` now. */
  lastEventId: string
  /** The reconnection time that the stream asked for, in milliseconds. */
  retry?: number
}

/** The buffers of the standard. */
interface Buffers {
  data: string
  type: string
  id: string
}

export function interpret(wire: Wire): Interpretation {
  const found: Interpretation = { steps: [], events: [], lastEventId: '' }
  const buffers: Buffers = { data: '', type: '', id: '' }
  for (const line of wire.blocks.flatMap(({ lines }) => lines)) {
    found.steps.push({ line, ignored: false, ...perform(line, buffers, found) })
  }
  return found
}

function perform(
  line: WireLine,
  buffers: Buffers,
  found: Interpretation,
): Omit<Step, 'line' | 'ignored'> & { ignored?: boolean } {
  if (line.end === 'none') return { does: 'waits: the line has no end yet', ignored: true }
  if (line.kind === 'blank') return dispatch(buffers, found)
  if (line.kind === 'comment') return { does: 'nothing: a comment', ignored: true }
  const { name, value } = line
  switch (name) {
    case 'data':
      buffers.data += `${value}\n`
      return { does: 'adds a line to the data' }
    case 'event':
      buffers.type = value
      return { does: value === '' ? 'takes the name away again' : `names the event “${value}”` }
    case 'id':
      if (value.includes('\0')) return { does: 'nothing: an id may not hold NUL', ignored: true }
      buffers.id = value
      return {
        does:
          value === ''
            ? 'at the blank line, takes the last event ID away'
            : `at the blank line, “${value}” is the last event ID`,
      }
    case 'retry':
      if (!/^[0-9]+$/.test(value)) return { does: 'nothing: only digits count', ignored: true }
      found.retry = Number(value)
      return { does: `sets the reconnection time to ${found.retry} ms` }
    default:
      return { does: 'nothing: there is no such field', ignored: true }
  }
}

function dispatch(
  buffers: Buffers,
  found: Interpretation,
): Omit<Step, 'line' | 'ignored'> & { ignored?: boolean } {
  found.lastEventId = buffers.id
  const { data, type } = buffers
  buffers.data = ''
  buffers.type = ''
  if (data === '') return { does: 'ends the block; no data, so no event', ignored: true }
  const event = { type: type || 'message', data: data.slice(0, -1), lastEventId: buffers.id }
  found.events.push(event)
  return { does: `dispatches event ${found.events.length}`, event }
}
