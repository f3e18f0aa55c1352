/** Whether a program has become a server that can be talked to: a decision on what is known of it. Pure. */
import type { Failure } from '../../verdict.ts'
import type { ConnectError } from '../client/tls.ts'
import { listensElsewhere, notHttp2 } from './death.ts'
import { busy } from './later-faults.ts'
import type { Listening } from './probe.ts'
import * as faults from './start-faults.ts'

/** Milliseconds until a program that listens nowhere is given up. */
const SILENT_MS = 7000

/** Milliseconds that a server which listens elsewhere has to listen on `PORT` too. */
const ELSEWHERE_MS = 500

/** This many connections may break that someone else has accepted. */
const STRANGERS = 3

/** Milliseconds that a server has to say that it listens, when something answers on its port already. */
const UNSAID_MS = 2000

/** What came of one attempt to connect. */
export interface Attempt {
  /** When it was over. Times are milliseconds, on the clock of `performance.now()`. */
  at: number
  /** The server had said by then that it listens on its port. */
  wasSaid: boolean
  /** Why no HTTP/2 came about; undefined when it did. */
  error?: ConnectError
  /** After a handshake without an answer: the event loop does not turn. */
  isBlocked?: boolean
  /** After a refusal: the address that the server listens on, which is not what `localhost` stands for. */
  otherHost?: string
}

/** What is known of a program that was started as a server. */
export interface Facts {
  now: number
  /** How long it was waited for, in milliseconds: on a busy machine less than went by. */
  waited: number
  /** The value of `PORT`. */
  port: number
  /** Nothing listened on the port before. Only then is it theirs, whoever answers; else the probe must say so first. */
  isAlone: boolean
  /** Why it has ended, if it has. */
  death?: Failure
  /** Where it said that it listens. */
  listening: readonly Listening[]
  /** Programs run that it has started itself: nobody tells what they listen on. */
  hasChildren: boolean
  /** Its event loop does not turn. That is asked once its time is up. */
  isBlocked?: boolean
  /** All attempts to connect so far, in order. */
  attempts: readonly Attempt[]
}

/** Whether it makes sense to connect: as long as nobody has told where the server listens, it may be on its port. */
export function mayAnswer({ port, listening, isAlone }: Facts): boolean {
  return listeningOn(port, listening) !== undefined || (isAlone && listening.length === 0)
}

/** Whether a program that listens nowhere has had all the time that it gets. */
export function isTimeUp({ waited }: Facts): boolean {
  return waited > SILENT_MS
}

/** What listens on a port, of what the server has said that it listens on. */
export function listeningOn(port: number, listening: readonly Listening[]): Listening | undefined {
  return listening.find(({ address }) => typeof address !== 'string' && address.port === port)
}

/** `ready`: HTTP/2 was agreed on, and with this server. `wait`: that may still come. Else what is wrong with it. */
export function decide(facts: Facts): 'ready' | 'wait' | Failure {
  if (facts.death) return facts.death
  const attempt = mayAnswer(facts) ? facts.attempts.at(-1) : undefined
  const decision = attempt && judge(attempt, facts)
  if (decision) return decision
  const { now, port } = facts
  const [other] = facts.listening
  if (other && now - other.since > ELSEWHERE_MS) return listensElsewhere(other.address, port)
  if (!isTimeUp(facts)) return 'wait'
  return facts.isBlocked ? faults.blockedAtStart(port) : faults.neverListens(port)
}

/** What the last attempt to connect tells; undefined when it tells nothing. */
function judge(attempt: Attempt, facts: Facts): 'ready' | 'wait' | Failure | undefined {
  const { port, attempts } = facts
  const here = listeningOn(port, facts.listening)
  const { error, wasSaid, otherHost } = attempt
  if (!error) {
    // A server says that it listens before it answers. Who is silent has left that to a program or a thread of its own,
    // or comes too late: a stranger took the port a moment ago.
    const isTheirs = here !== undefined || facts.hasChildren
    const first = attempts.find((each) => !each.error)
    return isTheirs || facts.now - (first ?? attempt).at > UNSAID_MS ? 'ready' : 'wait'
  }
  if (error.fault === 'silent') {
    if (attempt.isBlocked) return busy
    // It may have been busy until now, so it is asked once more.
    if (attempts.filter((each) => each.error?.fault === 'silent').length === 1) return 'wait'
  }
  if (error.fault === 'refused' && !wasSaid) return undefined
  // As long as nobody has told that it listens, it may be another program that had the port for a moment.
  if (isStrange(attempt) && attempts.filter(isStrange).length <= STRANGERS) return undefined
  return otherHost === undefined ? notHttp2(error, port, here?.kind) : faults.notLocalhost(port, otherHost)
}

function isStrange({ wasSaid, error }: Attempt): boolean {
  return !wasSaid && error?.fault === 'handshake'
}
