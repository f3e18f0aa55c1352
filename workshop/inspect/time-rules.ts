/** What the times of a stream tell: who held it back, and who may cut it. */
import { fieldOf } from '../../checks/wire/head-rules.ts'
import { count, time } from './figures.ts'
import type { Recording } from './recording.ts'
import { type Remark, remark } from './remark.ts'
import type { Burst } from './timing.ts'

/** How a stream was asked for. */
export interface Circumstances {
  /** GET by default, as for a file. */
  method: string
  /** Whether the bytes came over a network, so that their times mean something. */
  live: boolean
  /** How long it took to connect, in milliseconds: a measure of the way. */
  connectMs?: number
}

export function timeRemarks(recording: Recording, circumstances: Circumstances): Remark[] {
  return [
    ...headHeld(recording, circumstances),
    ...collected(recording),
    ...dripping(recording),
    ...silence(recording),
    ...quiet(recording),
    ...ended(recording, circumstances),
    ...named(recording),
  ]
}

/** The head waits for the first byte of the body. */
function headHeld({ head, times }: Recording, { method, connectMs = 0 }: Circumstances): Remark[] {
  const { firstByte } = times
  // What a POST asks for may take its time.
  if (!head || firstByte === undefined || method !== 'GET') return []
  if (head.ms < HELD_MS + connectMs || firstByte - head.ms > TOGETHER_MS) return []
  const isNginx = /nginx/i.test(fieldOf(head.fields, 'server') ?? '') && head.version === '2'
  return [remark(isNginx ? 'head-held-by-nginx' : 'head-held', { value: time(head.ms) })]
}

function collected({ times, ending }: Recording): Remark[] {
  const bursts = times.bursts.filter(({ messages, silence }) => messages >= SEVERAL && silence >= SILENCE_MS)
  const [first] = bursts
  if (!first) return []
  const values = { count: String(first.messages), value: time(first.silence) }
  const more = bursts.length > 1 ? { more: bursts.length - 1 } : {}
  const told = bursts.map((burst) => signOf(burst)).find((sign) => sign !== undefined)
  if (told) return [remark('collected', { ...values, how: told }, more)]
  const isAll = ending.how === 'ended' && first.messages === times.events
  if (isAll && first.at >= LONG_MS) return [remark('all-at-once', { ...values, value: time(first.at) })]
  return isAll ? [] : [remark('batch', values, more)]
}

/** What shows that messages were written one by one. */
function signOf({ span = 0, isCut, bytes }: Burst): string | undefined {
  if (span >= SILENCE_MS) return `and the times in them are ${time(span)} apart`
  return isCut && bytes >= BUFFER_BYTES ? `and the last of them was cut off after ${bytes} bytes` : undefined
}

function dripping({ drip }: Recording): Remark[] {
  return drip ? [remark('dripping', { count: String(drip.pieces), value: time(drip.ms) })] : []
}

function silence({ times }: Recording): Remark[] {
  const { ms } = times.longestSilence
  if (times.firstByte === undefined || ms < 15_000) return []
  const value = time(ms)
  if (ms >= 60_000) return [remark('long-silence', { value })]
  return [remark('silence', { value, limit: ms >= 30_000 ? '30 s' : '15 s' })]
}

function quiet({ times, ending, events, comments }: Recording): Remark[] {
  if (events.length > 0 || ending.how === 'ended') return []
  if (times.firstByte !== undefined) return comments > 0 ? [remark('comments-only')] : []
  const waited = times.end - (times.head ?? 0)
  return waited < QUIET_MS ? [] : [remark('no-bytes', { value: time(waited) })]
}

/** For an EventSource, the end of a stream is an accident. */
function ended({ ending, retry, times, events }: Recording, { method }: Circumstances): Remark[] {
  if (ending.how !== 'ended' || method !== 'GET' || events.length === 0) return []
  const wait = retry === undefined ? '3 s or so' : time(retry)
  return [remark('ended', { after: `after ${time(times.end)}`, retry: wait })]
}

function named({ events }: Recording): Remark[] {
  const names = [...new Set(events.map(({ type }) => type))]
  const [name] = names
  if (name === undefined || names.includes('message')) return []
  const shown =
    names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${count(names.length - 5, 'other')}` : '')
  return [remark('named-events', { value: shown, name })]
}

/** A head that took so much longer than the connection was held back. */
const HELD_MS = 400

/** What comes within so many milliseconds came together. */
const TOGETHER_MS = 50

/** So many messages at once are not the chance of one moment. */
const SEVERAL = 5

/** No buffer that collects is smaller. */
const BUFFER_BYTES = 1000

const SILENCE_MS = 500
const LONG_MS = 2000
const QUIET_MS = 2000
