/** What is wrong with how clients were seen off. */
import { errorName, resetText } from '../support/client/error-codes.ts'
import type { Report } from '../support/failure.ts'
import type { Exit } from '../support/server/types.ts'
import { visible } from '../wire/bytes.ts'
import type { Comeback } from './comeback.ts'
import { type Farewell, LAST_WORDS, LONG } from './farewell.ts'
import type { Leave } from './guests.ts'

/** With so many different times, and so far apart in milliseconds, clients do not come in one moment. */
const TIMES = 20
const SPREAD_MS = 100

/** Nobody waits longer than this for a server that is back in a second: in milliseconds. */
const LONGEST_MS = 60_000

export function judgeEnds(
  {
    readers,
    exit,
    patience,
    after,
    goaways = [],
  }: Pick<Farewell, 'readers' | 'exit' | 'patience' | 'after'> & Partial<Pick<Farewell, 'goaways'>>,
  signal = 'SIGTERM',
): Report | undefined {
  const bad = readers.filter(({ end }) => end !== 'ended')
  const [first] = bad
  if (!first) return undefined
  const expected = `END_STREAM on each of ${readers.length} streams that are open at ${signal}`
  const count = bad.length === readers.length ? `each of ${bad.length}` : `${bad.length} of ${readers.length}`
  if (first.end === 'open') {
    const received = `${count} still open after ${patience} ms, the value of SHUTDOWN_MS`
    return { expected, received, fault: 'open' }
  }
  if (first.end === 'reset') {
    return { expected, received: `${resetText(first.code ?? 0)} on ${count}`, fault: 'reset' }
  }
  const code = goaways.find((each) => each !== undefined && each !== 0)
  if (code !== undefined) {
    const received = `GOAWAY with code ${code} (${errorName(code)}), at which clients give up their streams`
    return { expected, received, fault: 'code' }
  }
  const received = `the end of the connection, without END_STREAM, on ${count}`
  if (exit?.signal === signal) return { expected, received: `${received}: ${signal} ended the process` }
  if (!exit) return { expected, received, fault: 'cut' }
  const ended = `${received} (the process ended after ${Math.round(after)} ms)`
  return { expected, received: ended, fault: after < patience ? 'cut' : 'open' }
}

export function judgeWhole({ readers }: Farewell): Report | undefined {
  const torn = readers.find((leave) => leave.torn !== '')
  if (torn) {
    const received = `${end(torn.torn)}, and no blank line`
    return { expected: 'a blank line after the last event', received }
  }
  const without = readers.filter(({ messages }) => !messages.includes(LAST_WORDS))
  if (without.length > 0) {
    const received = `no such message on ${without.length} of ${readers.length} streams`
    return { expected: 'the message that was answered with 204 just before SIGTERM', received, fault: 'lost' }
  }
  const strange = readers.flatMap(({ messages }) => messages).find((text) => !isOurs(text))
  if (strange === undefined) return undefined
  const received = `a message that no one sent: ${visible(strange).slice(0, 40)}`
  return { expected: 'no other message than those that people sent', received, fault: 'strange' }
}

export function judgeRetry({ readers }: Farewell): Report | undefined {
  const expected = `another reconnection time for each of ${readers.length} clients`
  const invalid = readers.map(({ text }) => INVALID.exec(text)?.[0]).find((line) => line !== undefined)
  if (invalid) {
    const lacks = /^retry: ?\d+$/.test(invalid) ? ' without a line end' : ''
    return { expected, received: `${visible(invalid)}${lacks}, which browsers ignore`, fault: 'invalid' }
  }
  const times = readers.map(({ retry }) => retry ?? Number.NaN)
  if (times.some(Number.isNaN)) return { expected, received: 'none on some of the streams' }
  const [least, most] = [Math.min(...times), Math.max(...times)]
  if (most > LONGEST_MS) {
    return { expected: 'retry: a few seconds, in milliseconds', received: `retry: ${most}`, fault: 'long' }
  }
  const count = new Set(times).size
  if (count >= TIMES && most - least >= SPREAD_MS) return undefined
  if (count === 1) return { expected, received: `retry: ${most} for all of them` }
  return { expected, received: `${count} different times, from ${least} to ${most} ms` }
}

/** A line of a time that is none: a fraction, a sign, a unit, or no line end behind it. */
const INVALID = /^retry:(?! ?\d+[\r\n]).*$/m

export function judgeSlow({ paused, amid, after, exit }: Farewell): Report | undefined {
  const expected = 'the rest of the last event, and END_STREAM, for clients that read on a moment later'
  const wants = (leave: Leave) => amid.includes(leave) && LONG.some((text) => !leave.messages.includes(text))
  const bad = [...amid, ...paused].find((leave) => leave.end !== 'ended' || leave.torn !== '' || wants(leave))
  if (!bad) return undefined
  const fate = bad.end === 'reset' ? resetText(bad.code ?? 0) : FATES[bad.end]
  const place = bad.torn === '' && !wants(bad) ? '' : ', in the middle of an event'
  const ms = exit && bad.end === 'lost' ? ` (the process ended after ${Math.round(after)} ms)` : ''
  return { expected, received: `${fate} after ${bad.text.length} bytes${place}${ms}` }
}

const FATES = { ended: 'the end of the stream', lost: 'the end of the connection', open: 'no END_STREAM' }

export function judgeGoaway({ goaways }: Farewell): Report | undefined {
  const expected = `GOAWAY with code 0 (NO_ERROR) on each of ${goaways.length} connections`
  const wrong = goaways.find((code) => code !== undefined && code !== 0)
  if (wrong !== undefined) {
    return { expected, received: `GOAWAY with code ${wrong} (${errorName(wrong)})`, fault: 'code' }
  }
  const missing = goaways.filter((code) => code === undefined).length
  return missing > 0 ? { expected, received: `no GOAWAY on ${missing} of them` } : undefined
}

export function judgeDoor({ door }: Farewell): Report | undefined {
  if (door === 'refused') return undefined
  const expected = 'no new connection after SIGTERM'
  const status = door === 'taken' ? '' : `, and status ${door}`
  const fault = door === 503 || door === 204 ? 'status' : undefined
  return { expected, received: `a connection that was taken${status}`, fault }
}

export function judgeLate({ late }: Farewell): Report | undefined {
  const refused = late.find(({ status = 200 }) => status !== 200)
  const expected = 'an event stream that ends soon, or GOAWAY, for a request that comes with the signal'
  if (refused) return { expected, received: `status ${refused.status}`, fault: 'status' }
  const cut = late.find(({ status, end }) => status === 200 && end !== 'ended')
  if (cut) return { expected, received: `an event stream, and then ${FATES_LATE[cut.end]}` }
  const waits = late.find(({ isPrompt }) => !isPrompt)
  return waits && { expected, received: 'no end before SHUTDOWN_MS had passed' }
}

const FATES_LATE = {
  reset: 'a reset',
  lost: 'the end of the connection without END_STREAM',
  open: 'no end',
  ended: '',
}

export function judgeExit({ exit }: Farewell): Report | undefined {
  return judgeCode(exit, 'exit code 0 when all clients have gone')
}

export function judgeBack({ statuses }: Comeback): Report | undefined {
  const bad = statuses.filter((status) => status !== 200)
  if (bad.length === 0) return undefined
  const received = bad[0] === undefined ? 'no answer' : `status ${bad[0]}`
  return {
    expected: `status 200 for each of ${statuses.length} clients that come back to the next server`,
    received: `${received} for ${bad.length} of them`,
  }
}

export function judgeInterrupt(comeback: Comeback): Report | undefined {
  const report = judgeEnds(comeback, 'SIGINT')
  return report?.fault === 'cut' ? { ...report, fault: undefined } : report // as if nobody listened to it
}

export function judgeInTime({ exit, patience, after }: Comeback): Report | undefined {
  const expected = `exit code 0 within ${patience} ms, the value of SHUTDOWN_MS, while one client never reads`
  if (!exit)
    return { expected, received: `a process that still runs after ${Math.round(after)} ms`, fault: 'runs' }
  return judgeCode(exit, expected)
}

function judgeCode(exit: Exit | undefined, expected: string): Report | undefined {
  if (!exit) return { expected, received: 'a process that still runs', fault: 'runs' }
  if (exit.code === 0) return undefined
  if (exit.signal) return { expected, received: `the process was ended by ${exit.signal}` }
  return { expected, received: `exit code ${exit.code}`, fault: 'code' }
}

function isOurs(text: string): boolean {
  return text === LAST_WORDS || LONG.includes(text)
}

/** The last characters of what may be long. */
function end(text: string): string {
  return visible(text.length > 40 ? `…${text.slice(-40)}` : text)
}
