/** Two servers, one with a token and origins, one that has few places as well: all that is asked of them, in order. */
import type { Ending } from '../support/ending.ts'
import { Misfortune, type Report } from '../support/failure.ts'
import { deathFailure } from '../support/server/death.ts'
import type { LearnerServer } from '../support/server/server.ts'
import type { CheckContext } from '../support/subject.ts'
import { judgePreflight, judgeReadable, judgeStrangers, judgeVary } from './cors.ts'
import { judgeDefault } from './default.ts'
import { BUFFER, judgeEvicted } from './evicted.ts'
import { judgeForeign } from './foreign.ts'
import { enter, type Guard, startGuarded } from './guard.ts'
import manifest from './manifest.ts'
import { ALLOWED } from './origins.ts'
import { judgeLeaving, judgeLimit, judgeRefused, openRoom, PLACES, type Room } from './places.ts'
import { judgeAccepted, judgeGuesses, judgeHome, judgeToken } from './tokens.ts'

/** A server that an error ends has ended after this many milliseconds. One that lives turns much sooner. */
const SHOCK_MS = 150

export type Name = keyof typeof manifest.checks

type Stage<T> = [check: Name, judge: (subject: T) => Promise<(Report & { check?: Name }) | undefined>]

/** In the order of the checks: what one of them finds is told, and those behind it are spared. */
const GUARDED: Stage<Guard>[] = [
  ['readable', judgeReadable],
  ['strangers', judgeStrangers],
  ['vary', judgeVary],
  ['preflight', judgePreflight],
  ['foreign-post', (guard) => judgeForeign({ ...guard, own: guard.server.origin, allowed: ALLOWED })],
  ['token', judgeToken],
  ['accepts', judgeAccepted],
  ['guesses', judgeGuesses],
  ['home', judgeHome],
]

/** Each begins where the one before it ends: with all places taken. */
const CROWDED: Stage<Room>[] = [
  ['limit', judgeLimit],
  ['refused', judgeRefused],
  ['leaving', judgeLeaving],
  ['leaving', judgeEvicted],
]

/** All that is asked, in order. */
const ASKED: Name[] = [...[...GUARDED, ...CROWDED].map(([check]) => check), 'default']

export async function watchGuarded(context: CheckContext): Promise<Ending<Name> | undefined> {
  const [guarded, crowded] = await Promise.all([
    startGuarded(context),
    startGuarded(context, { MAX_STREAMS: String(PLACES), MAX_BUFFER: String(BUFFER) }),
  ])
  const guard = await enter(context, guarded)
  return (
    (await firstFound(guarded, GUARDED, guard)) ??
    (await firstFound(crowded, CROWDED, await openRoom(context, crowded))) ??
    (await firstFound(guarded, [['default', judgeDefault]], guard))
  )
}

/** Who compares tokens and is not ready for other lengths dies of the first request without a token, in any check. */
function died(server: LearnerServer, check: Name): Pick<Ending<Name>, 'check' | 'error'> {
  const failure = deathFailure(server)
  if (server.crash?.code !== 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH') {
    return { check, error: new Misfortune(failure) }
  }
  const { why, fix } = manifest.checks.guesses
  const expected = 'a server that stays up, whatever somebody shows for a token'
  return { check: 'guesses', error: new Misfortune({ ...failure, expected, why, fix }) }
}

/** Our own client can ask nothing more. */
const LOST: Report & { check?: Name } = {
  expected: 'a connection that goes on, whatever is refused on it',
  received: 'the end of the connection',
  why: 'All streams of a browser are on one connection, those of its other tabs too.',
  fix: 'End the one stream, and not its session.',
}

async function firstFound<T>(
  server: LearnerServer,
  stages: Stage<T>[],
  subject: T,
): Promise<Ending<Name> | undefined> {
  for (const [check, judge] of stages) {
    const open = ASKED.slice(ASKED.indexOf(check))
    const report = await judge(subject).catch((error: NodeJS.ErrnoException) => {
      return error.code?.startsWith('ERR_HTTP2') ? LOST : error
    })
    const isUp = !report && (await server.wakesWithin(SHOCK_MS))
    if (!isUp && (await server.diedWithin(SHOCK_MS))) return { ...died(server, check), open }
    if (!report) continue
    if (report instanceof Error) throw report
    const { at } = report
    const call = at && 'call' in at ? at : undefined
    return {
      check: report.check ?? check,
      report: { ...report, at: call ? await server.where(call) : at },
      open,
    }
  }
  return undefined
}
