/** Watches a heartbeat once for all checks, from a silence to a connection that takes no more bytes. */
import type { Ending } from '../support/ending.ts'
import { Misfortune, NotRun } from '../support/failure.ts'
import { deathFailure, swallowedFailure } from '../support/server/death.ts'
import type { CheckContext } from '../support/subject.ts'
import { hearLeaving, judgeTimers } from './leaving.ts'
import type manifest from './manifest.ts'
import {
  hearPings,
  judgeConnection,
  judgeDead,
  judgeOnePing,
  judgeOthers,
  judgePings,
  judgeSlow,
  lostFinding,
} from './pings.ts'
import { Pulse } from './pulse.ts'
import {
  type Finding,
  judgeAfterEvents,
  judgeComments,
  judgeHeldBack,
  judgeRhythm,
  judgeSecond,
  judgeWhole,
} from './silence.ts'
import { hearStuck, judgeStuck } from './stuck.ts'
import { Watch } from './watch.ts'

/**
 * The heartbeats that the server is given, in milliseconds. On a busy machine an answer may come too late for the first
 * one: what only that could explain is watched again, with more time.
 */
const HEARTBEATS = [80, 400, 1500]

/** A machine on which nobody waited longer for a turn than this part of a heartbeat explains nothing. */
const CALM = 0.25

const TOO_BUSY = 'this machine is too busy to time an answer'

/** A server that something here ends has ended after this many milliseconds. */
const SHOCK_MS = 200

export type Name = keyof typeof manifest.checks

/** What is wrong, if anything. Its error: the server ended, or did not what the lessons before have taught. */
interface Seen extends Ending<Name> {
  report?: Finding
  /** The longest wait for a turn until then, in milliseconds. */
  slowest: number
}

interface Stage {
  hear(watch: Watch): Promise<void>
  judges: [check: Name, judge: (watch: Watch) => Finding | undefined][]
  /** The check that tells of it when the server has ended before it sent a PING. */
  survival: Name
}

/** In the order of the checks: what one stage finds is told, and those behind it are spared. */
const STAGES: Stage[] = [
  {
    hear: (watch) => watch.hearSilence(),
    judges: [
      ['comments', judgeComments],
      ['goes-on', judgeSecond],
      ['silence', judgeRhythm],
      ['one-ping', judgeOnePing],
    ],
    survival: 'comments',
  },
  {
    hear: (watch) => watch.hearEvents(),
    judges: [
      ['whole', judgeWhole],
      ['silence', judgeRhythm],
      ['goes-on', judgeAfterEvents],
    ],
    survival: 'silence',
  },
  {
    hear: hearPings,
    judges: [
      ['whole', judgeHeldBack],
      ['pings', judgePings],
      ['dead', judgeDead],
      ['others', judgeOthers],
      ['slow', judgeSlow],
    ],
    survival: 'others',
  },
  {
    hear: hearLeaving,
    judges: [
      ['others', judgeOthers],
      ['timers', judgeTimers],
    ],
    survival: 'timers',
  },
  {
    hear: hearStuck,
    judges: [
      ['others', judgeConnection],
      ['dead', judgeStuck],
    ],
    survival: 'others',
  },
]

/** What is wrong, if anything. Where the machine was too busy to tell, the error is `NotRun`. */
export async function watchHeartbeat(context: CheckContext): Promise<Ending<Name> | undefined> {
  let found: Seen | undefined
  for (const heartbeat of HEARTBEATS) {
    const isTooShort = found && found.slowest > CALM * heartbeat && heartbeat !== HEARTBEATS.at(-1)
    if (isTooShort) continue
    found = await watchWith(context, heartbeat)
    if (!found || (found.report && !found.report.isUnsure)) return found
    if (found.slowest <= CALM * heartbeat) return found
  }
  return found && { error: new NotRun(TOO_BUSY), ...found }
}

async function watchWith(context: CheckContext, heartbeat: number): Promise<Seen | undefined> {
  await using server = await context.start({ env: { TICK_MS: '0', HEARTBEAT_MS: String(heartbeat) } })
  using pulse = new Pulse(server)
  const watch = new Watch(context, server, heartbeat, await context.connect(server.origin))
  for (const [stage, { hear, judges, survival }] of STAGES.entries()) {
    const error = await hear(watch).catch((error: unknown) => error)
    const { slowest } = pulse
    const open = judgedFrom(stage)
    if (error || server.crash || !(await server.wakesWithin(SHOCK_MS))) await server.diedWithin(SHOCK_MS)
    if (server.exit || server.crash) return { ...crashOf(watch, survival), open, slowest }
    if (error && watch.isLost) return { check: 'others', report: lostFinding(watch), open, slowest }
    if (error) return { check: 'comments', error, open, slowest }
    for (const [i, [check, judge]] of judges.entries()) {
      const finding = judge(watch)
      if (!finding) continue
      const { at } = finding
      const place = at && 'call' in at ? await server.where(at) : undefined
      return { check, report: { ...finding, at: place }, open: open.slice(i), slowest }
    }
  }
  return undefined
}

/** What is told of an error that nothing caught, and the check that tells it: most of them come of PINGs. */
function crashOf({ server, dead }: Watch, survival: Name): Pick<Seen, 'check' | 'error'> {
  const { exit, crash } = server
  const isOfPings = dead.some(({ pings }) => pings > 0) || crash?.code?.startsWith('ERR_HTTP2_')
  const failure = crash && !exit ? swallowedFailure(crash) : deathFailure(server)
  return { check: isOfPings ? 'others' : survival, error: new Misfortune(failure) }
}

/** The checks that are judged in this stage, and in those behind it. */
function judgedFrom(stage: number): Name[] {
  return STAGES.slice(stage).flatMap(({ judges }) => judges.map(([check]) => check))
}
