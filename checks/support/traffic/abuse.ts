/** What clients do to a server that it must survive: they reset streams, vanish, and ask for odd things. */
import { connect as connectHttp2, type Settings } from 'node:http2'
import { connect as connectTcp, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Fault } from '../../manifest.ts'
import { Client } from '../client/client.ts'
import type { Exchange } from '../client/exchange.ts'
import { Misfortune } from '../failure.ts'
import { cureOf } from '../server/cures.ts'
import { deathFailure } from '../server/death.ts'
import type { CheckContext } from '../subject.ts'
import { within } from '../waiting.ts'

/** A server that was not hurt answers within this many milliseconds, also on a busy machine. */
const ANSWER_MS = 5000

/** How long a process takes to end after an error that nothing caught, in milliseconds. */
const DEATH_MS = 500

/** What was done to a server, in words: `GET //`, `a client resets its stream`; and a command that does it. */
interface Deed {
  deed: string
  try?: string
}

/**
 * Calls `act`, which does something to the server, and fails the check unless the server still answers `GET /` on another
 * connection, and nothing was left uncaught in it. The manifest of the check has the fault `uncaught`.
 *
 * @param words what is said when the server died of it
 * @param act answers with what it did
 */
export async function survives(
  context: CheckContext,
  words: Fault,
  act: () => Promise<string | Deed>,
): Promise<void> {
  const { shared } = context
  const earlier = shared?.probe.crash
  const done = await act()
  const { deed, try: command = words.try } = typeof done === 'string' ? { deed: done } : done
  const expected = `a server that stays up after ${deed}`
  const answers = await answersHome(context)
  const crashed = shared?.probe.crash !== earlier
  if (shared && (!answers || crashed) && (await shared.diedWithin(DEATH_MS))) {
    // An error whose reason is known has its own words: it would come without the deed as well.
    const { why, fix } = shared.crash && cureOf(shared.crash)?.why ? deathFailure(shared) : words
    throw new Misfortune({ ...deathFailure(shared), expected, why, fix, try: command })
  }
  if (!answers) context.fail({ expected, received: 'no answer to GET / any more' })
  if (!crashed) return
  const crash = shared?.crash
  const received = `an error that nothing caught: ${crash?.name}: ${crash?.message.split('\n')[0]}`
  context.fail({ expected, received, fault: 'uncaught', at: crash?.at })
}

/** How long the head of an answer is waited for that has no room for its body, in milliseconds. */
let patience = 3000

/** The same, once it is known that it is held back. */
const IMPATIENCE_MS = 300

/**
 * Waits until an answer stands still behind its head. nginx holds back the head too, as long as there is no room for
 * the body: that takes its time once, and is not waited for again. (With room for one byte it would not, but then Node
 * 26 crashes more often when a connection breaks in the middle of a `respondWithFile`.)
 */
export async function standsStill(answer: Exchange): Promise<void> {
  if (!(await answer.headWithin(patience))) patience = IMPATIENCE_MS
}

/** A session whose window has no room: a response stands still behind its head, for as long as it is wanted. */
export async function stalledClient(context: CheckContext): Promise<Client> {
  const client = await context.connect()
  const { session } = client
  const taken = () => new Promise<void>((resolve) => session.once('localSettings', () => resolve()))
  const inTime = () => within(Promise.race([taken(), client.closed]), ANSWER_MS)
  // Servers written in Go acknowledge two SETTINGS frames that come together with one ACK.
  if (session.pendingSettingsAck) await inTime()
  const settings: Settings = { initialWindowSize: 0 }
  if (!session.closed) session.settings(settings)
  await inTime()
  return client
}

/**
 * Asks for `/` over a connection that breaks with a TCP reset, as those of crashed clients do, while the body is on
 * its way.
 */
export async function breakConnection(context: CheckContext): Promise<void> {
  const { hostname, port } = new URL(context.origin)
  const host = hostname.replace(/^\[|\]$/g, '')
  const tcp = connectTcp({ host, port: Number(port || 443) })
  const tls = connectTls({
    socket: tcp,
    ALPNProtocols: ['h2'],
    servername: isIP(host) ? '' : host,
    rejectUnauthorized: false,
  })
  for (const socket of [tcp, tls]) socket.on('error', () => {}) // a server that died is found out later
  const settings = { enablePush: false, initialWindowSize: 0 }
  const session = connectHttp2(context.origin, { createConnection: () => tls, settings })
  await using client = new Client(context.origin, session, tls, context.signal)
  const ready = new Promise<void>((resolve) => session.once('remoteSettings', () => resolve()))
  await Promise.race([ready, client.closed])
  if (session.destroyed) return
  await standsStill(client.get('/'))
  tcp.resetAndDestroy()
}

/** Waits until the server has read all that was sent to it before, or the connection is gone. */
export async function settle(client: Client): Promise<void> {
  const { session } = client
  if (session.closed || session.destroyed) return
  const answered = new Promise<void>((resolve) => session.ping(() => resolve()))
  await within(Promise.race([answered, client.closed]), ANSWER_MS)
}

async function answersHome(context: CheckContext): Promise<boolean> {
  try {
    const client = await context.connect()
    return (await client.get('/').headWithin(ANSWER_MS)) !== undefined
  } catch {
    return false
  }
}
