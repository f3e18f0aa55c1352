/**
 * The heartbeat of a server that is not told which: 15 seconds, which nobody waits for. Its timers run ahead, in their
 * order, so a clock of 16 seconds tells: between two of its ticks there is one comment.
 */
import type { Client } from '../support/client/client.ts'
import type { Exchange } from '../support/client/exchange.ts'
import { Fail, NotRun } from '../support/failure.ts'
import type { LearnerServer } from '../support/server/server.ts'
import { serve } from '../support/server/start.ts'
import type { CheckContext } from '../support/subject.ts'
import { fateOf, openEvents } from '../support/traffic/events.ts'
import { Pulse } from './pulse.ts'
import { isComment, type Sight, sightsOf } from './sights.ts'

/** The heartbeat by default, and the clock that ticks just behind it, in seconds. */
const DEFAULT_S = 15
const TICK_S = 16

/** How much later than at full speed the timers end. A busy machine needs more time to answer a PING. */
const SLOWNESS = [4, 16, 64]

/** With this one, a comment after a minute comes after a second. */
const LATE_SLOWNESS = 16

/** Timers that do not run ahead. */
const UNHURRIED = 0

/** What 15 seconds become at full speed, in milliseconds, what is surely less, and what no greeting waits for. */
const HURRIED_MS = 27
const SOON = 0.9
const GREETING = 0.3

/** Comments on a stream that has had no silence yet, or one: more than any greeting has. */
const GREETINGS = 3

/** A machine on which nobody waits longer for a turn than this part of 15 seconds can tell them from five. */
const CALM = 0.2

/** How long what is hurried may take beside its own time, in milliseconds. */
const PATIENCE_MS = 3000

/** How long the default is waited for in earnest, in milliseconds: who looks at the clock now and then is a little late. */
const REAL_MS = 20_000

/** How long the probe may take to answer, in milliseconds. It does so before the program begins. */
const PROBE_MS = 5000

/** What a stream showed. */
type Outcome = 'right' | 'unsure' | 'soon' | 'none' | { fate: string }

export async function checkDefault(context: CheckContext): Promise<void> {
  if (process.env.HEARTBEAT_MS !== undefined) throw new NotRun('HEARTBEAT_MS is set, for every program here')
  const expected = `a comment after ${DEFAULT_S} s of silence when HEARTBEAT_MS is not set`
  let outcome: Outcome = 'none'
  for (const [i, slowness] of SLOWNESS.entries()) {
    const before = outcome
    outcome = await hear(context, slowness)
    if (outcome === 'right') return
    if (outcome === 'soon') {
      context.fail({ expected, received: 'comments, or PINGs, that come sooner', fault: 'soon' })
    }
    if (before === 'unsure' && outcome !== 'unsure') return // the order was right, and this machine tells no more
    if (outcome === 'none' && i > 0) break
  }
  if (outcome === 'unsure') return
  if (typeof outcome === 'object') context.fail({ expected, received: outcome.fate, fault: 'soon' })
  const late = await waitInVain(context)
  if (late) context.fail({ expected, received: late })
}

/** Listens between two ticks of a server whose timers run ahead. */
async function hear(context: CheckContext, slowness: number): Promise<Outcome> {
  await using server = await start(context, slowness, { TICK_MS: String(1000 * TICK_S) })
  using pulse = new Pulse(server)
  const wait = slowness * HURRIED_MS
  const begun = performance.now()
  const client = await context.connect(server.origin)
  const outcome = await listen(context, client, wait).catch((error: unknown) => {
    if (error instanceof Fail) return { fate: error.report.received } // it ended the connection
    throw error
  })
  // Nobody has been asked, or was not there, before the first heartbeat.
  const isEarly = typeof outcome === 'object' && performance.now() - begun < SOON * wait
  if (isEarly) return 'soon'
  return outcome === 'right' && pulse.slowest > CALM * wait ? 'unsure' : outcome
}

/** @param wait how long the silence is, in milliseconds */
async function listen(context: CheckContext, client: Client, wait: number): Promise<Outcome> {
  const first = await openEvents(context, client)
  await first.until(() => ticksOf(first).length > 0, PATIENCE_MS + wait)
  // Before the first tick there is one comment, beside a greeting: who sent more of them has ended over them.
  if (first.over && sightsOf(first).filter(isComment).length > GREETINGS) return 'soon'
  if (first.over) return { fate: fateOf(first) }
  const stream = await openEvents(context, client)
  const { ms: begun } = await stream.head
  await stream.until(() => ticksOf(stream).length > 1, PATIENCE_MS + 2 * wait)
  if (stream.over) return { fate: fateOf(stream) }
  const sights = sightsOf(stream)
  const comment = sights.find((sight) => isComment(sight) && sight.at - begun > GREETING * wait)
  const [one = -1, two = -1] = ticksOf(stream)
  if (comment && comment.at < SOON * wait) return 'soon'
  if (two < 0) return 'none'
  const count = sights.slice(one, two).filter(isComment).length
  return count > 1 ? 'soon' : count === 1 ? 'right' : 'none'
}

/** Where the ticks stand among what a stream has brought. */
function ticksOf(stream: Exchange): number[] {
  return sightsOf(stream).flatMap(({ kind, type }, i) => (kind === 'event' && type === 'tick' ? [i] : []))
}

/**
 * What there is in place of a comment in time, without a clock. Undefined when it does come: by the time of day, which
 * nothing hurries.
 */
async function waitInVain(context: CheckContext): Promise<string | undefined> {
  if (await hasComment(context, LATE_SLOWNESS, PATIENCE_MS)) return 'one that comes later'
  return (await hasComment(context, UNHURRIED, REAL_MS)) ? undefined : `none within ${REAL_MS / 1000} s`
}

/** Whether a comment comes within `ms` milliseconds, on a stream without events. */
async function hasComment(context: CheckContext, slowness: number, ms: number): Promise<boolean> {
  await using server = await start(context, slowness, { TICK_MS: '0' })
  const stream = await openEvents(context, await context.connect(server.origin))
  const { ms: begun } = await stream.head
  const isLate = (sight: Sight) => isComment(sight) && sight.at > begun + GREETING * HURRIED_MS * slowness
  return await stream.until((stream) => sightsOf(stream).some(isLate), ms)
}

/** A server whose timers run ahead from its first line on. */
function start(context: CheckContext, slowness: number, env: Record<string, string>): Promise<LearnerServer> {
  const { signal } = context
  const hold = () => {
    const server = context.hold()
    void server.probe.ask('hurry', { slowness }, PROBE_MS)
    return server
  }
  return serve(hold, { env, signal })
}
