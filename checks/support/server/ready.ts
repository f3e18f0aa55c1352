/** Waits until a learner's server can be talked to, or it is clear that it never will. */
import type { Failure } from '../../verdict.ts'
import { connect } from '../client/client.ts'
import type { ConnectError } from '../client/tls.ts'
import { within } from '../waiting.ts'
import { deathAtStart } from './death.ts'
import { isLocalhost } from './ports.ts'
import { type Attempt, decide, type Facts, isTimeUp, listeningOn, mayAnswer } from './readiness.ts'
import type { LearnerServer } from './server.ts'

/** Milliseconds until a server that listens must have come to the end of what keeps it from answering. */
const BUSY_MS = 6000

/** Milliseconds that a process takes to end after its connections. */
const DEATH_MS = 300

/** Milliseconds between attempts to connect. The probe reports a new server at once; a grandchild has no probe. */
const POLL_MS = 25

/**
 * Of the time between two attempts at most this counts, in milliseconds. When we come late, the machine is busy, and the
 * program comes late as well. It gets no more than so much longer.
 */
const COUNTED_MS = 2 * POLL_MS
const EXTRA_MS = 8000

/**
 * Connects until HTTP/2 over TLS is agreed on, on whichever of 127.0.0.1 and ::1 `localhost` stands for.
 * Answers with what is wrong, or undefined when the server is ready. Takes 10 s at most, and
 * 18 s on a busy machine.
 *
 * @param isAlone nothing listened on the port before the server was started
 */
export async function awaitReady(
  server: LearnerServer,
  isAlone: boolean,
  signal?: AbortSignal,
): Promise<Failure | undefined> {
  const { probe, port, exited } = server
  const since = performance.now()
  const attempts: Attempt[] = []
  let last = since
  let late = 0
  const look = (): Facts => ({
    now: performance.now(),
    waited: performance.now() - since - Math.min(late, EXTRA_MS),
    port,
    isAlone,
    death: server.exit && deathAtStart(server),
    listening: probe.listening,
    hasChildren: probe.children.size > 0,
    attempts,
  })
  for (;;) {
    signal?.throwIfAborted()
    const { news } = probe
    if (!server.exit && mayAnswer(look())) attempts.push(await tryToConnect(server, since + BUSY_MS, signal))
    signal?.throwIfAborted()
    late += Math.max(0, performance.now() - last - COUNTED_MS)
    last = performance.now()
    const facts = look()
    const decision = decide(isTimeUp(facts) ? { ...facts, isBlocked: await server.isBusy() } : facts)
    if (decision === 'ready') return undefined
    if (decision !== 'wait') return decision
    await within(Promise.race([news, exited]), POLL_MS)
  }
}

/**
 * One connection, closed again politely. Of one that failed, it finds out what else there is to know.
 *
 * @param end until then the server may be busy, on the clock of `performance.now()`
 */
async function tryToConnect(server: LearnerServer, end: number, signal?: AbortSignal): Promise<Attempt> {
  const said = listeningOn(server.port, server.probe.listening)
  const wasSaid = said !== undefined
  try {
    const client = await connect(server.origin, { signal, died: server.exited })
    client.close()
    return { at: performance.now(), wasSaid }
  } catch (thrown) {
    const error = thrown as ConnectError
    const attempt: Attempt = { at: performance.now(), wasSaid, error }
    // A connection is often gone before the end of its process is known.
    if (error.fault === 'handshake') await server.diedWithin(DEATH_MS)
    if (error.fault === 'silent') attempt.isBlocked = await staysBlocked(server, end)
    if (error.fault === 'refused') attempt.otherHost = await otherHostOf(said)
    return attempt
  }
}

async function staysBlocked(server: LearnerServer, end: number): Promise<boolean> {
  const rest = Math.max(0, end - performance.now())
  return !(await server.wakesWithin(rest)) && server.isBusy()
}

/** The address that a server listens on, if `localhost` stands for another one. */
async function otherHostOf(said: ReturnType<typeof listeningOn>): Promise<string | undefined> {
  const host = typeof said?.address === 'object' ? said.address.address : undefined
  return host === undefined || (await isLocalhost(host)) ? undefined : host
}
