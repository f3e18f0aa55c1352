/** Many clients that listen at the same time, over several connections, and whether all of them receive the same. */
import type { Client } from '../client/client.ts'
import { isEventStream } from '../client/event-source.ts'
import type { Exchange } from '../client/exchange.ts'
import type { CheckContext } from '../subject.ts'
import { settle } from './abuse.ts'
import { eventsOf, openEvents, type TimedEvent } from './events.ts'

/** How many streams each connection has: a browser with many tabs, and two more. */
const STREAMS: readonly number[] = [20, 2, 1]

/** A stream opens by then, in milliseconds, also when many of them are opened at once on a busy machine. */
const OPEN_MS = 10_000

/** How long a message is waited for, in milliseconds; and once more when the server has shown that it still turns. */
const ARRIVAL_MS = 1500

export interface Listener {
  /** As a learner reads it: `stream 3 of connection 1`. */
  name: string
  client: Client
  exchange: Exchange
}

/** How somebody received something else than was sent, or than the others received. */
export interface Deviation {
  kind: 'lost' | 'twice' | 'order'
  /** As a learner reads it. */
  received: string
}

/**
 * Opens event streams, and resolves when all of them are open.
 *
 * @param streams how many of them on each connection: 20, 2 and 1 by default
 * @param origin another server than the one that all checks share
 */
export async function gather(
  context: CheckContext,
  streams: readonly number[] = STREAMS,
  origin?: string,
): Promise<Listener[]> {
  const clients = await Promise.all(streams.map(() => context.connect(origin)))
  const opened = clients.flatMap((client, i) => {
    return Array.from({ length: streams[i] ?? 0 }, (_, j) => {
      return listen(context, client, `stream ${j + 1} of connection ${i + 1}`)
    })
  })
  return Promise.all(opened)
}

/** Opens one event stream more, however long its head takes. Fails the check when what opens is no event stream. */
export async function listen(context: CheckContext, client: Client, name: string): Promise<Listener> {
  const exchange = client.get('/events')
  const head = await exchange.headWithin(OPEN_MS)
  const isOpen = head !== undefined && isEventStream(head)
  return { name, client, exchange: isOpen ? exchange : await openEvents(context, client) }
}

/** What a listener received of what people sent: no clock, and nothing else that has a name. */
export function messagesOf({ exchange }: Pick<Listener, 'exchange'>): TimedEvent[] {
  return eventsOf(exchange).filter(({ type }) => type === 'message')
}

/**
 * Waits until all of them have received all of the texts. False when these do not come in time: each of two waits takes
 * `ms` milliseconds, and between them the server answers a PING, however busy the machine is.
 */
export async function haveReceived(
  listeners: readonly Listener[],
  texts: readonly string[],
  ms = ARRIVAL_MS,
): Promise<boolean> {
  const waits = listeners.map((listener) => {
    const hasAll = () => {
      const received = new Set(textsOf(listener))
      return texts.every((text) => received.has(text))
    }
    return arrives(listener, hasAll, ms)
  })
  return !(await Promise.all(waits)).includes(false)
}

/** Waits as `haveReceived` does, until `test` holds for what a listener received. */
export async function arrives(
  { client, exchange }: Pick<Listener, 'client' | 'exchange'>,
  test: () => boolean,
  ms = ARRIVAL_MS,
): Promise<boolean> {
  if (await exchange.until(test, ms)) return true
  await settle(client)
  return exchange.until(test, ms)
}

/**
 * Finds out whether all of them received each of the texts once, in one order for all. Other messages are not looked at.
 *
 * @param texts what was sent; no two of them are alike
 */
export function deviationOf(listeners: readonly Listener[], texts: readonly string[]): Deviation | undefined {
  const wanted = new Set(texts)
  const received = listeners.map((listener) => textsOf(listener).filter((text) => wanted.has(text)))
  return countDeviation(listeners, texts, received) ?? orderDeviation(listeners, received)
}

function countDeviation(
  listeners: readonly Listener[],
  texts: readonly string[],
  received: readonly string[][],
): Deviation | undefined {
  for (const text of texts) {
    const counts = received.map((each) => each.filter((other) => other === text).length)
    const most = Math.max(...counts)
    if (most > 1) {
      const many = listeners.filter((_, i) => (counts[i] ?? 0) > 1)
      return { kind: 'twice', received: `"${text}" ${most} times on ${namesOf(many, listeners, 'each')}` }
    }
    const without = listeners.filter((_, i) => counts[i] === 0)
    if (without.length === 0) continue
    return { kind: 'lost', received: `no "${text}" on ${namesOf(without, listeners, 'any')}` }
  }
  return undefined
}

/** All have received the same texts by now. Each is compared with the first. */
function orderDeviation(
  listeners: readonly Listener[],
  received: readonly string[][],
): Deviation | undefined {
  const [first = []] = received
  for (const [i, texts] of received.entries()) {
    if (texts.every((text, j) => text === first[j])) continue
    const [one, other] = [listeners[0]?.name, listeners[i]?.name]
    return { kind: 'order', received: `two messages in one order on ${one}, and in the other on ${other}` }
  }
  return undefined
}

/** One by its name, and more of them by their number. */
export function namesOf(some: readonly Listener[], all: readonly Listener[], word: 'each' | 'any'): string {
  const [first] = some
  if (some.length === all.length) return `${word} of ${all.length} streams`
  return some.length === 1 && first ? first.name : `${some.length} of ${all.length} streams`
}

/** The data of those messages. */
export function textsOf(listener: Pick<Listener, 'exchange'>): string[] {
  return messagesOf(listener).map(({ data }) => data)
}
