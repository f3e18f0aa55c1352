/** What a client gets that comes back with the last event ID: WHATWG HTML § 9.2.4. */
import { setTimeout as delay } from 'node:timers/promises'
import { opensStream } from '../../checks/wire/head-rules.ts'
import type { ParsedEvent } from '../../checks/wire/parse.ts'
import { Sending } from './ask.ts'
import { time } from './figures.ts'
import { type Recording, record } from './recording.ts'
import { type Remark, remark } from './remark.ts'
import type { Fact } from './report.ts'
import type { Ask } from './target.ts'

/** How long it stays away, so that something happens meanwhile, in milliseconds. */
const AWAY = { least: 200, most: 3000 }

/** So many events tell. */
const EVENTS = 5

export async function askAgain(
  first: Recording,
  ask: Ask,
  ms: number,
  signal: AbortSignal,
): Promise<{ remarks: Remark[]; facts: Fact[] }> {
  const { lastEventId, times } = first
  if (lastEventId === '')
    return told('No event has an id, so a client that comes back has nothing to go on from.')
  const away = Math.min(Math.max(2 * (times.medianGap ?? 0), AWAY.least), AWAY.most)
  await delay(away, undefined, { signal }).catch(() => {})
  if (signal.aborted) return { remarks: [], facts: [] }
  const back = {
    ...ask,
    headers: [
      ...ask.headers.filter(([name]) => name !== 'last-event-id'),
      ['last-event-id', lastEventId] as [string, string],
    ],
  }
  const second = await record(
    (listener) => Sending.start(back, listener, signal),
    { ms, events: EVENTS },
    signal,
  )
  return compare(first, second, lastEventId)
}

function compare(first: Recording, second: Recording, value: string): { remarks: Remark[]; facts: Fact[] } {
  const { head } = second
  if (head?.status === 204) return { remarks: [remark('again-stopped')], facts: [] }
  if (!head || !opensStream(head)) {
    const what = head ? `status ${head.status}` : 'no answer'
    return { remarks: [remark('again-failed', { value: what })], facts: [] }
  }
  const [next] = second.events.filter(({ id }) => id !== undefined)
  if (!next) return { remarks: [remark('again-silent', { value, time: time(second.times.end) })], facts: [] }
  const code = verdictOn(first.events, value, next)
  const name = next.id ?? ''
  if (code) return { remarks: [remark(code, { value, name })], facts: [] }
  return told(`Asked again with last-event-id: ${value}, the server went on with ${name}.`)
}

function verdictOn(
  before: readonly ParsedEvent[],
  last: string,
  next: ParsedEvent,
): 'repeats' | 'starts-over' | 'gap' | undefined {
  const same = before.find(({ id }) => id === next.id)
  if (same) return same.data === next.data ? 'repeats' : 'starts-over'
  const [from, to] = [last, next.id ?? ''].map((id) => (/^\d{1,15}$/.test(id) ? Number(id) : Number.NaN))
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return undefined
  if (to < from) return 'starts-over'
  return to > from + 1 && countsByOne(before) ? 'gap' : undefined
}

/** Whether each id is the one before and one more. */
function countsByOne(events: readonly ParsedEvent[]): boolean {
  const ids = events.flatMap(({ id }) => (id === undefined ? [] : [Number(id)]))
  return ids.length > 1 && ids.every((id, index) => index === 0 || id === (ids[index - 1] ?? 0) + 1)
}

function told(says: string): { remarks: Remark[]; facts: Fact[] } {
  return { remarks: [], facts: [{ about: 'again', says }] }
}
