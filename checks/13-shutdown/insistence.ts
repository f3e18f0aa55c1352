/** A second signal, while a client keeps a server from its end that nobody has told how long to wait. */
import type { RunningTimer } from '../support/server/types.ts'
import type { CheckContext } from '../support/subject.ts'
import { openEvents } from '../support/traffic/events.ts'
import { within } from '../support/waiting.ts'
import { LONG } from './farewell.ts'
import { publish } from './publish.ts'

/** How long a server waits that nobody tells, in milliseconds, and a minute, which nobody waits for. */
export const DEFAULT_MS = 5000
const MINUTE_MS = 60_000

/** A timer of so many milliseconds is no longer one of 5 seconds. */
const LATER_MS = 5500

/** How long clients wait for their end, and how long the process may take that ends at once: in milliseconds. */
const END_MS = 1500
const AT_ONCE_MS = 2500

export interface Insistence {
  /** Without SHUTDOWN_MS, it waited for a client that read on a moment later. */
  isPatient: boolean
  /** Without SHUTDOWN_MS, it has a timer of more than that, and no shorter one: in milliseconds. */
  lateTimer?: number
  /** The second signal ended the process, or the first one had. */
  isOver: boolean
}

/** Sends two signals, at first to a server that has its own idea of how long to wait. */
export async function watchInsistence(context: CheckContext): Promise<Insistence> {
  const seen = await signalTwice(context, {})
  if (seen.after < 0.8 * DEFAULT_MS) return seen
  // It may have ended because its time was over.
  const { isOver } = await signalTwice(context, { SHUTDOWN_MS: String(MINUTE_MS) })
  return { ...seen, isOver }
}

async function signalTwice(
  context: CheckContext,
  env: Record<string, string>,
): Promise<Insistence & { after: number }> {
  await using server = await context.start({ env: { TICK_MS: '0', ...env } })
  const client = await context.connect(server.origin)
  const open = () => openEvents(context, client)
  const [frozen, slow, reader] = await Promise.all([open(), open(), open()])
  for (const exchange of [frozen, slow]) exchange.pause()
  for (const text of LONG) await publish(context, client, text)
  const before = new Set((await server.timers()).map(({ id }) => id))
  server.signal('SIGTERM')
  const begun = performance.now()
  await within(reader.done, END_MS)
  slow.resume()
  await within(slow.done, END_MS)
  const set = (await server.timers()).filter(({ id }) => !before.has(id))
  const isPatient = !server.exit && !slow.lost // on a busy machine it may still be at its rest
  server.signal('SIGTERM')
  const isOver = await server.diedWithin(AT_ONCE_MS)
  return { isPatient, lateTimer: lateTimerOf(set), isOver, after: performance.now() - begun }
}

/**
 * The shortest of the timers that were set at the signal, where it is too long. A server that looks at the clock now and
 * then has a short one. Those of Node itself are longer than a minute.
 */
function lateTimerOf(timers: readonly RunningTimer[]): number | undefined {
  const shortest = Math.min(...timers.map(({ ms }) => ms))
  return shortest > LATER_MS && shortest <= MINUTE_MS ? shortest : undefined
}
