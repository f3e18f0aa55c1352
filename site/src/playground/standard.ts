/**
 * What a browser does with each line of an event stream: the steps of WHATWG HTML § 9.2.6, told one by one. It knows
 * nothing of `eventsource-parser`, so the two can be held against each other.
 */
import type { Wire, WireLine } from '../../../checks/wire/read.ts'
import type { Key, Values } from '../lib/say.ts'

/** An event as EventSource dispatches it. */
export interface Dispatched {
  type: string
  data: string
  lastEventId: string
}

/** What comes of one line. */
export interface Step {
  /** What the browser does: what is to be said of it. */
  does: [key: Key, values?: Values]
  /** True when the line has no effect. */
  ignored?: boolean
  event?: Dispatched
}

export interface Interpretation {
  events: Dispatched[]
  /** What the browser would send as `Last-Event-ID` now. */
  lastEventId: string
  /** The reconnection time that the stream asked for, in milliseconds. */
  retry?: number
}

/** What the browser keeps from one line to the next: the buffers of the standard, and what they were good for so far. */
export interface State {
  data: string
  type: string
  id: string
  lastEventId: string
  retry?: number
  /** How many events there were. */
  events: number
}

export function newState(): State {
  return { data: '', type: '', id: '', lastEventId: '', events: 0 }
}

export function interpret(wire: Wire): Interpretation {
  const state = newState()
  const steps = wire.blocks.flatMap(({ lines }) => lines).map((line) => perform(line, state))
  const { lastEventId, retry } = state
  return {
    events: steps.flatMap(({ event }) => event ?? []),
    lastEventId,
    ...(retry !== undefined && { retry }),
  }
}

/** Does with one line what the browser does, which changes the state. */
export function perform(line: WireLine, state: State): Step {
  if (line.end === 'none') return { does: ['does.wait'], ignored: true }
  if (line.kind === 'blank') return dispatch(state)
  if (line.kind === 'comment') return { does: ['does.comment'], ignored: true }
  const { name, value } = line
  switch (name) {
    case 'data':
      state.data += `${value}\n`
      return { does: ['does.data'] }
    case 'event':
      state.type = value
      return { does: value === '' ? ['does.unname'] : ['does.name', { name: value }] }
    case 'id':
      if (value.includes('\0')) return { does: ['does.nul'], ignored: true }
      state.id = value
      return { does: value === '' ? ['does.noId'] : ['does.id', { id: value }] }
    case 'retry':
      if (!/^[0-9]+$/.test(value)) return { does: ['does.digits'], ignored: true }
      state.retry = Number(value)
      return { does: ['does.retry', { retry: `${state.retry}` }] }
    default:
      return { does: ['does.unknown'], ignored: true }
  }
}

function dispatch(state: State): Step {
  state.lastEventId = state.id
  const { data, type, id } = state
  state.data = ''
  state.type = ''
  if (data === '') return { does: ['does.noEvent'], ignored: true }
  state.events++
  const event = { type: type || 'message', data: data.slice(0, -1), lastEventId: id }
  return { does: ['does.event', { number: `${state.events}` }], event }
}
