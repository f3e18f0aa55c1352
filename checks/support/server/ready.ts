/** Waits until a learner's server can be talked to, or it is clear that it never will. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Failure } from '../../verdict.ts'
import { type ConnectError, connect } from '../client/client.ts'
import { deathAtStart, listensElsewhere, notHttp2 } from './death.ts'
import * as faults from './faults.ts'
import { isLocalhost } from './ports.ts'
import type { Listening, Probe } from './probe.ts'
import type { LearnerServer } from './server.ts'

/** Milliseconds until a server that listens nowhere is given up. */
const SILENT_MS = 7000

/** Milliseconds until a server that listens must have come to the end of what keeps it from answering. */
const BUSY_MS = 6000

/** Milliseconds that a server which listens elsewhere has to listen on `PORT` too. */
const ELSEWHERE_MS = 500

/** Milliseconds that a process takes to end after its connections. */
const DEATH_MS = 300

/** This many connections may break that someone else has accepted. */
const STRANGERS = 3

/** Milliseconds that a server has to say that it listens, when something answers on its port already. */
const UNSAID_MS = 2000

/** Milliseconds between attempts to connect. The probe reports a new server at once; a grandchild has no probe. */
const POLL_MS = 25

/**
 * Connects until HTTP/2 over TLS is agreed on, on whichever of 127.0.0.1 and ::1 `localhost` stands for.
 * Answers with what is wrong, or undefined when the server is ready. Takes 10 s at most.
 *
 * `isAlone`: nothing listened on the port before the server was started. Only then is it theirs, whoever answers;
 * else the probe must say so first.
 */
export async function awaitReady(
  server: LearnerServer,
  isAlone: boolean,
  signal?: AbortSignal,
): Promise<Failure | undefined> {
  const { probe, port, exited } = server
  const start = performance.now()
  let silences = 0
  let strangers = 0
  let answered: number | undefined
  for (;;) {
    const { news } = probe
    signal?.throwIfAborted()
    if (server.exit) return deathAtStart(server)
    const here = listeningOn(port, probe)
    if (here || (isAlone && probe.listening.length === 0)) {
      const error = await tryConnect(server, signal)
      if (!error) {
        // A server says that it listens before it answers. Who is silent has left that to a program or a thread of its
        // own, or comes too late: a stranger took the port a moment ago.
        answered ??= performance.now()
        const isTheirs = listeningOn(port, probe) || probe.children.size > 0
        if (isTheirs || performance.now() - answered > UNSAID_MS) return undefined
        await Promise.race([news, exited, delay(POLL_MS)])
        continue
      }
      signal?.throwIfAborted()
      // A connection is often gone before the end of its process is known.
      if (error.fault === 'died' || (error.fault === 'handshake' && (await server.diedWithin(DEATH_MS))))
        continue
      if (error.fault === 'silent') {
        const rest = Math.max(0, start + BUSY_MS - performance.now())
        if (!(await server.wakesWithin(rest)) && (await server.isBusy())) return faults.busy
        if (server.exit || silences++ === 0) continue // it may have been busy until now, so it is asked once more
      }
      // As long as nobody has told that it listens, it may be another program that had the port for a moment.
      const isStranger = !here && error.fault === 'handshake' && strangers++ < STRANGERS
      if (here || (error.fault !== 'refused' && !isStranger))
        return whyNot(error, port, listeningOn(port, probe))
    }
    const [other] = probe.listening
    if (other && performance.now() - other.since > ELSEWHERE_MS) return listensElsewhere(other.address, port)
    if (performance.now() - start > SILENT_MS) {
      return (await server.isBusy()) ? faults.blockedAtStart(port) : faults.neverListens(port)
    }
    await Promise.race([news, exited, delay(POLL_MS)])
  }
}

function listeningOn(port: number, { listening }: Probe): Listening | undefined {
  return listening.find(({ address }) => typeof address !== 'string' && address.port === port)
}

/** One connection, closed again politely. */
async function tryConnect(server: LearnerServer, signal?: AbortSignal): Promise<ConnectError | undefined> {
  try {
    const client = await connect(server.origin, { signal, died: server.exited })
    client.close()
    return undefined
  } catch (error) {
    return error as ConnectError
  }
}

async function whyNot(error: ConnectError, port: number, here?: Listening): Promise<Failure> {
  const address = typeof here?.address === 'object' ? here.address.address : undefined
  if (error.fault === 'refused' && address && !(await isLocalhost(address)))
    return faults.notLocalhost(port, address)
  return notHttp2(error, port, here?.kind)
}
