/** Redis is not there for a while, and loses nothing: what clients, and people who send messages, see of it. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Exchange } from '../support/client/exchange.ts'
import type { Report } from '../support/failure.ts'
import type { LearnerServer } from '../support/server/server.ts'
import type { CheckContext } from '../support/subject.ts'
import { settle } from '../support/traffic/abuse.ts'
import { deviationOf, haveReceived, type Listener } from '../support/traffic/audience.ts'
import { eventsOf, fateOf } from '../support/traffic/events.ts'
import { sendMessage } from '../support/traffic/messages.ts'
import { within } from '../support/waiting.ts'
import { listenTo, type Place, tellServer } from './scene.ts'

/** A server has found Redis again within so many milliseconds; and once more when it still turns. */
export const BACK_MS = 6000

/** Milliseconds between two tries to send a message. */
const PACE_MS = 50

/** In so many turns of its event loop, a server has seen what had happened before. */
const TURNS = 3

/** A way in which Redis is not there for a while. */
export interface Absence {
  /** As a learner reads it. */
  begun: string
  over: string
  /** How long an answer is waited for meanwhile, in milliseconds. */
  ms: number
  begin(): Promise<void>
  /** Resolves with the messages that others have sent meanwhile. */
  end(): Promise<string[]>
}

/**
 * Nothing is lost, and nobody is told to reset; whoever did not wait for an answer has done no harm.
 *
 * @param servers those that clients listen to, by their names; messages are sent to the first of them
 */
export async function watchAbsence(
  { context }: Place,
  absence: Absence,
  servers: Record<string, LearnerServer>,
): Promise<Report | undefined> {
  const { begun, over, ms } = absence
  const [server] = Object.values(servers) as [LearnerServer]
  const listeners: Listener[] = []
  for (const [name, each] of Object.entries(servers)) listeners.push(...(await listenTo(context, each, name)))
  const client = await context.connect(server.origin)
  await absence.begin()
  for (let turn = 0; turn < TURNS; turn++) await settle(client) // a broken connection is noticed by then
  const sent = [`One while Redis ${begun}`, `Another while Redis ${begun}`].map((text) => ({
    text,
    status: statusOf(sendMessage(client, text)),
  }))
  const impatient = sendMessage(client, 'From somebody who does not wait')
  await settle(client)
  impatient.reset()
  await Promise.all(sent.map(({ status }) => within(status, ms)))
  const early = await absence.end()
  const back = `When Redis ${over}`
  const refusal = await sendUntilTaken(context, server, back)
  const promised: string[] = []
  for (const { text, status } of sent) {
    const answer = await within(status, BACK_MS)
    if (answer === 204) promised.push(text)
    else if (answer !== 503) {
      const expected = `status 503 for POST /messages while Redis ${begun}, or an answer when it ${over}`
      return { expected, received: answer ? `status ${answer}` : 'no answer', fault: 'answer' }
    }
  }
  if (refusal) return { expected: `status 204 for POST /messages when Redis ${over}`, received: refusal }
  const ended = listeners.find(({ exchange }) => exchange.over)
  if (ended) {
    const expected = `streams that stay open while Redis ${begun}`
    return { expected, received: `${fateOf(ended.exchange)} on ${ended.name}`, fault: 'ended' }
  }
  const taken = [...promised, ...early, back]
  const arrived = await haveReceived(listeners, taken, BACK_MS)
  const reset = listeners.find(hasReset)
  if (reset) {
    const received = `event: reset on ${reset.name}`
    return { expected: `no reset when Redis ${over} with all that it had`, received, fault: 'reset' }
  }
  const expected = 'each message that was taken, once, on the clients of all servers'
  const deviation = deviationOf(listeners, taken)
  if (!arrived || deviation) {
    const isPromised = promised.some((text) => deviation?.received.includes(text))
    const fault = deviation?.kind === 'lost' && isPromised ? 'promised' : deviation?.kind
    // On how many depends on which of the servers found Redis first.
    const received = deviation?.received.replace(/ on (any|\d+) of \d+ streams$/, ' on some streams')
    return { expected, received: received ?? 'nothing', fault }
  }
  return undefined
}

/** The status of an answer, however late it comes; undefined when the stream is closed without one. */
function statusOf({ stream }: Exchange): Promise<number | undefined> {
  return new Promise((resolve) => {
    stream.once('response', (head) => resolve(head[':status']))
    stream.once('close', () => resolve(undefined))
  })
}

/** Sends a message again and again, as people do, until it is taken. Resolves with what is wrong when it never is. */
export async function sendUntilTaken(
  context: CheckContext,
  server: LearnerServer,
  text: string,
): Promise<string | undefined> {
  const end = performance.now() + 2 * BACK_MS
  for (;;) {
    const status = await tellServer(context, server, text, BACK_MS)
    if (status === 204) return undefined
    if (performance.now() > end) return status === undefined ? 'no answer' : `status ${status}`
    await delay(PACE_MS, undefined, { signal: context.signal })
  }
}

export function hasReset({ exchange }: Listener): boolean {
  return eventsOf(exchange).some(({ type }) => type === 'reset')
}
