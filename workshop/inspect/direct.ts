/** The same stream with the proxy and beside it: who holds back what. */
import { opensStream } from '../../checks/wire/head-rules.ts'
import { Sending } from './ask.ts'
import { count, time } from './figures.ts'
import { type Limits, type Recording, record } from './recording.ts'
import { type Remark, remark } from './remark.ts'
import type { Fact } from './report.ts'
import type { Ask } from './target.ts'

/** So much later, in milliseconds, is not the way through the proxy. */
const LATER_MS = 500

/** So many messages at once are not the chance of one moment. */
const SEVERAL = 5

/** What is said about the stream alone, and better by the comparison. */
const GUESSES: readonly string[] = [
  'no-head',
  'head-held',
  'head-held-by-nginx',
  'collected',
  'all-at-once',
  'batch',
]

/**
 * @param remarks what was said of the stream through the proxy
 * @returns the remarks, with what the comparison tells in the place of what was only supposed
 */
export async function compareDirect(
  proxied: Recording,
  remarks: readonly Remark[],
  direct: Ask,
  limits: Limits,
  signal: AbortSignal,
): Promise<{ remarks: Remark[]; facts: Fact[] }> {
  const beside = await record((listener) => Sending.start(direct, listener, signal), limits, signal)
  const found = compare(proxied, beside)
  if (found.length > 0) {
    const isCertain = found.some(({ severity }) => severity === 'error')
    return {
      remarks: [...found, ...remarks.filter(({ code }) => !isCertain || !GUESSES.includes(code))],
      facts: [],
    }
  }
  const says = `Asked directly, the head comes after ${time(beside.head?.ms ?? 0)}, and as many messages at a time: nothing is held back on the way.`
  return { remarks: [...remarks], facts: [{ about: 'direct', says }] }
}

function compare(proxied: Recording, beside: Recording): Remark[] {
  if (!beside.head || !opensStream(beside.head)) return proxied.head ? [] : [remark('server-holds')]
  if (!proxied.head) {
    if (proxied.ending.how !== 'left') return [remark('proxy-breaks', { value: 'no answer' })]
    const value = `not within ${time(proxied.times.end)}`
    return [remark('proxy-holds-head', { direct: time(beside.head.ms), value })]
  }
  if (!opensStream(proxied.head))
    return [remark('proxy-breaks', { value: `status ${proxied.head.status}, or another type` })]
  const found: Remark[] = []
  if (proxied.head.ms > beside.head.ms + LATER_MS)
    found.push(
      remark('proxy-holds-head', { direct: time(beside.head.ms), value: `after ${time(proxied.head.ms)}` }),
    )
  const [most, mostBeside] = [mostAtOnce(proxied), mostAtOnce(beside)]
  if (most >= SEVERAL && most > 2 * mostBeside)
    found.push(remark('proxy-collects', { direct: count(mostBeside, 'message'), value: String(most) }))
  else if (most >= SEVERAL && mostBeside >= SEVERAL) found.push(remark('server-holds'))
  return found
}

/** How many messages came at once, behind a silence. */
function mostAtOnce({ times, events }: Recording): number {
  const several = times.bursts
    .filter(({ silence }) => silence >= LATER_MS / 2)
    .map(({ messages }) => messages)
  return Math.max(...several, Math.min(1, events.length))
}
