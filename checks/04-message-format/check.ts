import { lesson } from '../support/lesson.ts'
import type { Call } from '../support/server/types.ts'
import { TICK_MS } from '../support/subject.ts'
import {
  FIRST_MS,
  fateInAMinute,
  flood,
  isError,
  isLate,
  recording,
  SILENCE_MS,
  seemsFast,
  worst,
} from '../support/traffic/clock.ts'
import { eventsOf, fateOf, hasEvents, openEvents, type TimedEvent } from '../support/traffic/events.ts'
import { visible } from '../wire/bytes.ts'
import { lint } from '../wire/lint.ts'
import { dataWarning, distance, isIsoTime, markTime, timeFault } from './iso-time.ts'
import manifest from './manifest.ts'
import { slashes } from './slashes.ts'

/** A clock that shows whole seconds shows another one within this many milliseconds. */
const CHANGE_MS = 1200

/** How far the time in a message may be from the machine's, in milliseconds. */
const NOW_MS = 5000

const LF = 0x0a
const CR = 0x0d

/** Where the learner's code ends its stream, and where it writes its messages, or else does that. */
const ENDED: Call = { call: 'end', path: '/events' }
const WRITTEN: Call[] = [{ call: 'write', path: '/events' }, ENDED]

/** The clock's messages. From lesson 7 on they have a name, and what people send may stand between them. */
function ticks(messages: readonly TimedEvent[]): readonly TimedEvent[] {
  const named = messages.filter(({ type }) => type === 'tick')
  return named.length > 0 ? named : messages
}

await lesson(manifest, (check) => {
  check('messages', async (context) => {
    const { bytes, first: piece, messages, complete, drips, fate } = await recording(context)
    const [first] = messages
    if (first && !isLate(messages)) return
    const expected = `a message within ${FIRST_MS} ms`
    if (first) {
      const received = `the first message after ${Math.round(first.at)} ms`
      context.fail({ expected, received, fault: 'late', at: WRITTEN })
    }
    if (bytes.length === 0) {
      const at: Call = { call: 'respond', path: '/events' }
      if (fate) context.fail({ expected, received: fate, fault: 'ended', at: [...WRITTEN, at] })
      context.fail({
        expected,
        received: `nothing for ${SILENCE_MS} ms, on an open stream`,
        fault: 'silent',
        at,
      })
    }
    if (drips) {
      const received = `one line, in pieces, which is not finished after ${SILENCE_MS} ms`
      context.fail({ expected, received, fault: 'drips', at: WRITTEN })
    }
    const received = `${bytes.length} bytes, and no message in them${fate ? `; then ${fate}` : ''}`
    // Without any line end, all messages run together in one line; one piece of it is easier to read.
    const isOneLine = !bytes.includes(LF) && !bytes.includes(CR)
    const finding = worst(lint(isOneLine ? piece : bytes, { complete }))
    if (!finding) return context.fail({ expected, received, fault: 'empty', at: WRITTEN })
    const slashed = isOneLine ? slashes(piece) : undefined
    if (slashed) context.fail({ expected, received, fault: 'slashes', bytes: slashed, at: WRITTEN })
    const { says: why, fix, excerpt } = finding
    context.fail({ expected, received, why, fix, bytes: excerpt, at: WRITTEN })
  })

  check('lines', async (context) => {
    const { bytes, complete } = await recording(context)
    const finding = lint(bytes, { complete }).find(isError)
    if (!finding) return
    const { line, says: why, fix, excerpt } = finding
    context.fail({
      expected: 'a stream of which the parser keeps every line',
      received: `a stream that goes wrong in line ${line}`,
      why,
      fix,
      bytes: excerpt,
      at: WRITTEN,
    })
  })

  check('unnamed', async (context) => {
    const { messages } = await recording(context)
    const named = messages.find(({ type }) => type !== 'message')
    if (!named) return
    context.fail({
      expected: 'a message without an event field',
      received: `event: ${visible(named.type)}`,
      at: WRITTEN,
    })
  })

  check('time', async (context) => {
    const recorded = await recording(context)
    const message = ticks(recorded.messages).find(({ data }) => !isIsoTime(data))
    if (!message) return
    const { bytes, messages, to } = recorded
    const now = new Date(to)
    const index = messages.indexOf(message)
    const warning = dataWarning(bytes, index)
    const fault = timeFault(message.data)
    context.fail({
      expected: `data: ${now.toISOString()}`,
      received: fault === 'space' ? 'the time, and a space beside it' : `data: ${visible(message.data)}`,
      fault,
      why: warning?.says,
      fix: warning?.fix,
      bytes: warning?.excerpt ?? markTime(bytes, index, now),
      at: WRITTEN,
    })
  })

  check('changes', async (context) => {
    const isFrozen = (messages: readonly TimedEvent[]) =>
      messages.every(({ data }) => data === messages[0]?.data)
    const seen = ticks((await recording(context)).messages)
    if (seen.length < 2 || !isFrozen(seen)) return
    // A clock that shows whole seconds needs a longer look.
    const exchange = await openEvents(context)
    const messages = eventsOf(exchange)
    if (await exchange.until(() => !isFrozen(messages), CHANGE_MS)) return
    context.fail({
      expected: 'a new time in each message',
      received: `data: ${visible(seen[0]?.data ?? '')}, again and again`,
      at: WRITTEN,
    })
  })

  check('present', async (context) => {
    const recorded = await recording(context)
    const { from, to } = recorded
    for (const { data } of ticks(recorded.messages)) {
      const time = Date.parse(data)
      if (time >= from - NOW_MS && time <= to + NOW_MS) continue
      context.fail({
        expected: `data: ${new Date(to).toISOString()}`,
        received: `data: ${data}, which is ${distance(time, to)}`,
        at: WRITTEN,
      })
    }
  })

  check('rhythm', async (context) => {
    const { messages, complete, fate } = await recording(context)
    const expected = `one message every ${TICK_MS} ms`
    const count = messages.length === 1 ? 'one message' : `${messages.length} messages`
    if (complete && fate) {
      context.fail({ expected, received: `${count}, then ${fate}`, fault: 'ended', at: ENDED })
    }
    if (complete) {
      const received = `${count}, then nothing for ${SILENCE_MS} ms`
      context.fail({ expected, received, at: WRITTEN })
    }
    if (!seemsFast(ticks(messages))) return
    const exchange = await openEvents(context)
    const fast = await flood(exchange)
    if (!fast) return
    const received = `${fast.count} messages in ${fast.ms} ms`
    context.fail({ expected, received, fault: 'flood', at: WRITTEN })
  })

  check('lasts', async (context) => {
    const fate = await fateInAMinute(context)
    if (fate === undefined) return
    context.fail({
      expected: 'messages for as long as the client listens',
      received: context.shared ? `within a minute of your program's timers: ${fate}` : fate,
      at: [ENDED, ...WRITTEN],
    })
  })

  check('clients', async (context) => {
    const [one, other] = await Promise.all([context.connect(), context.connect()])
    const streams = []
    for (const [client, name] of [
      [one, 'the first stream'],
      [one, 'the second stream of the same connection'],
      [other, 'the stream of another connection'],
    ] as const) {
      const exchange = await openEvents(context, client)
      streams.push({ exchange, name, messages: eventsOf(exchange) })
    }
    // All are open now. One message more may already have been under way to a client that was just forgotten.
    const waits = streams.map(async ({ exchange, name, messages }) => {
      const before = messages.length
      const next = (count: number) => hasEvents(exchange, before + count, SILENCE_MS)
      // Among three messages, two of a second clock or of this one stand close together.
      if ((await next(1)) && (await next(2)) && (await next(3))) return ''
      return exchange.over ? `${fateOf(exchange)} on ${name}` : `nothing more on ${name}`
    })
    const silent = (await Promise.all(waits)).filter((words) => words !== '')
    if (silent.length > 0) {
      const fault = streams.some(({ exchange }) => exchange.over) ? 'ended' : undefined
      context.fail({
        expected: 'messages on three streams at a time: two of one connection, one of another',
        received: silent.join(', '),
        fault,
        at: fault ? ENDED : WRITTEN,
      })
    }
    const hurried = streams.find(({ messages }) => seemsFast(ticks(messages)))
    const fast = hurried && (await flood(hurried.exchange))
    if (!fast) return
    context.fail({
      expected: `one message every ${TICK_MS} ms on each stream`,
      received: `${fast.count} messages in ${fast.ms} ms on ${hurried.name}`,
      fault: 'flood',
      at: WRITTEN,
    })
  })
})
