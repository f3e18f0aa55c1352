/** Redis stands still; it goes away, and comes back: first with all that it had, then with nothing. */
import { setTimeout as delay } from 'node:timers/promises'
import { NotRun, type Report } from '../support/failure.ts'
import { arrives, deviationOf, haveReceived, type Listener, textsOf } from '../support/traffic/audience.ts'
import { eventsOf, fateOf } from '../support/traffic/events.ts'
import { sendMessage } from '../support/traffic/messages.ts'
import { Visit } from '../support/traffic/visit.ts'
import { listenTo, type Scene, tellServer } from './scene.ts'

/** A server has found Redis again within so many milliseconds; and once more when it still turns. */
const BACK_MS = 6000

/** How long an answer is waited for while Redis is away, and while it stands still, in milliseconds. */
const AWAY_MS = 700
const FROZEN_MS = 1200

/** Milliseconds between two tries to send a message. */
const PACE_MS = 50

/** A way in which Redis is not there for a while, and loses nothing. */
interface Absence {
  /** As a learner reads it. */
  begun: string
  over: string
  ms: number
  begin(): Promise<void>
  /** Resolves with the messages that others have sent meanwhile. */
  end(): Promise<string[]>
}

/** Redis stands still, and then goes away and comes back with its data: nothing is lost, and nothing is told to reset. */
export async function watchOutage(scene: Scene): Promise<Report | undefined> {
  const { redis, key, network } = scene
  if (!redis.isOwn) throw new NotRun(OWN)
  const frozen: Absence = {
    begun: 'stands still',
    over: 'goes on',
    ms: FROZEN_MS,
    begin: async () => redis.freeze(),
    end: async () => {
      redis.thaw()
      return []
    },
  }
  const report = await watchAbsence(scene, frozen)
  if (report) return report.fault === 'twice' ? { ...report, fault: 'again' } : report
  return watchAbsence(scene, {
    begun: 'is away',
    over: 'is back',
    ms: AWAY_MS,
    async begin() {
      await redis.kill()
      network?.down()
    },
    async end() {
      await redis.start()
      const early = 'When Redis is back, and no server is'
      await redis.add(key, early)
      network?.up()
      return [early]
    },
  })
}

async function watchAbsence(scene: Scene, absence: Absence): Promise<Report | undefined> {
  const { context, second, servers } = scene
  const { begun, over, ms } = absence
  const third = servers[2] ?? second
  const listeners = [
    ...(await listenTo(context, second, 'the second')),
    ...(await listenTo(context, third, 'the third')),
  ]
  const client = await context.connect(second.origin)
  await absence.begin()
  const sent = [`One while Redis ${begun}`, `Another while Redis ${begun}`].map((text) => ({
    text,
    exchange: sendMessage(client, text),
  }))
  await Promise.all(sent.map(({ exchange }) => exchange.headWithin(ms)))
  const early = await absence.end()
  const back = `When Redis ${over}`
  const refusal = await sendUntilTaken(scene, back)
  const promised: string[] = []
  for (const { text, exchange } of sent) {
    const head = await exchange.headWithin(BACK_MS)
    if (head?.status === 204) promised.push(text)
    else if (head?.status !== 503) {
      const expected = `status 503 for POST /messages while Redis ${begun}, or an answer when it ${over}`
      return { expected, received: head ? `status ${head.status}` : 'no answer', fault: 'answer' }
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

/** Redis comes back empty: everyone is told, and all goes on. */
export async function watchLoss(scene: Scene): Promise<Report | undefined> {
  const { context, redis, second, servers } = scene
  if (!redis.isOwn) throw new NotRun(OWN)
  const third = servers[2] ?? second
  const listeners = [
    ...(await listenTo(context, second, 'the second')),
    ...(await listenTo(context, third, 'the third')),
  ]
  const text = 'Before Redis forgets'
  const refused = await sendUntilTaken(scene, text)
  await haveReceived(listeners, [text])
  const id = eventsOf((listeners[0] as Listener).exchange).at(-1)?.lastEventId ?? ''
  await redis.kill()
  await redis.forget()
  await redis.start()
  const told = await Promise.all(
    listeners.map((listener) => arrives(listener, () => hasReset(listener), BACK_MS)),
  )
  const silent = listeners.find((_, i) => !told[i])
  const expected = 'event: reset on each open stream when Redis comes back empty'
  if (silent) {
    const received = silent.exchange.over ? fateOf(silent.exchange) : 'no reset'
    return {
      expected,
      received: `${received} on ${silent.name}`,
      fault: silent.exchange.over ? 'ended' : undefined,
    }
  }
  const next = 'After Redis has forgotten'
  const refusal = refused ?? (await sendUntilTaken(scene, next))
  if (refusal) return { expected: 'status 204 for POST /messages when Redis is back', received: refusal }
  if (!(await haveReceived(listeners, [next], BACK_MS))) {
    const over = listeners.find(({ exchange }) => exchange.over)
    if (over) {
      const received = `${fateOf(over.exchange)} on ${over.name}`
      return { expected: 'streams that stay open', received, fault: 'ended' }
    }
    const without = listeners.find((listener) => !textsOf(listener).includes(next))
    const received = `none on ${without?.name}`
    return { expected: 'new messages after the reset', received, fault: 'dead' }
  }
  const client = await context.connect(third.origin)
  const { exchange, events } = new Visit(client, id)
  if (await arrives({ client, exchange }, () => events.some(({ type }) => type === 'reset'))) return undefined
  return { expected: 'event: reset for an id from before', received: 'none', fault: 'old' }
}

/** Sends a message again and again, as people do, until it is taken. Resolves with what is wrong when it never is. */
async function sendUntilTaken({ context, second }: Scene, text: string): Promise<string | undefined> {
  const end = performance.now() + 2 * BACK_MS
  for (;;) {
    const status = await tellServer(context, second, text, BACK_MS)
    if (status === 204) return undefined
    if (performance.now() > end) return status === undefined ? 'no answer' : `status ${status}`
    await delay(PACE_MS, undefined, { signal: context.signal })
  }
}

function hasReset({ exchange }: Listener): boolean {
  return eventsOf(exchange).some(({ type }) => type === 'reset')
}

const OWN = 'needs a redis-server on PATH: the one that REDIS_URL names may not be stopped'
