/** What the page's list shows, compared with what was sent. Pure. */
import type { Report } from '../support/failure.ts'
import { quote } from '../support/page/expect.ts'
import type { ReceivedEvent } from '../support/page/tab.ts'

/** Three messages have come by then, in milliseconds, also from a clock that ticks every second. */
export const CLOCK_MS = 6000

/** Where in `data` the items begin, when they are a run of it: 0 when they have the first. Undefined when they are none. */
export function runOf(items: string[] = [], data: string[]): number | undefined {
  const begin = data.indexOf(items[0] ?? '')
  const isRun = begin >= 0 && items.length >= 3 && items.every((text, i) => text === data[begin + i])
  return isRun ? begin : undefined
}

/** What is wrong with the list, which should begin with `data`: nothing, or what it shows, and the words for that. */
export function itemsFault(
  items: string[] | undefined,
  data: string[],
): { received: string; fault?: 'silent' | 'order' | 'twice' } | undefined {
  if (!items) return { received: 'no <ul id="list"> in the page', fault: 'silent' }
  if (items.length === 0) return { received: 'no item', fault: 'silent' }
  if (data.every((text, i) => text === items[i])) return undefined
  const received = `items ${quote(items.slice(0, 3))}`
  if (items.length > 1 && items.at(-1) === data[0]) return { received, fault: 'order' }
  return items[0] === data[0] && items[1] === data[0] ? { received, fault: 'twice' } : { received }
}

/** What is said when the browser took no message from the stream: it may have taken events that have a name. */
export function noMessages(received: readonly ReceivedEvent[]): Report {
  const expected = 'messages from GET /events'
  const [named] = received
  if (named) {
    const words = `only events named ${quote([named.type])}`
    return { expected, received: words, fault: 'named', at: { call: 'write', path: '/events' } }
  }
  const words = `no message within ${CLOCK_MS / 1000} s`
  return { expected, received: words, fault: 'nothing', at: { call: 'respond', path: '/events' } }
}
