/** Redis stands still; it goes away, and comes back: first with all that it had, then with nothing. */
import { setTimeout as delay } from 'node:timers/promises'
import { NotRun, type Report } from '../support/failure.ts'
import type { LearnerServer } from '../support/server/server.ts'
import type { CheckContext } from '../support/subject.ts'
import { arrives, haveReceived, type Listener, textsOf } from '../support/traffic/audience.ts'
import { eventsOf, fateOf } from '../support/traffic/events.ts'
import { Visit } from '../support/traffic/visit.ts'
import { type Absence, BACK_MS, hasReset, sendUntilTaken, watchAbsence } from './absence.ts'
import { listenTo, type Place, type Scene, setPlace, watchStage } from './scene.ts'

/** How long an answer is waited for while Redis is away, and while it stands still, in milliseconds. */
const AWAY_MS = 700
const FROZEN_MS = 1200

/** node-redis lets a command that it can't send fail after 5000 milliseconds, and this is longer. */
const LONG_MS = 5600

/** Redis stands still, and then goes away and comes back with its data. */
export async function watchOutage(scene: Scene): Promise<Report | undefined> {
  const { redis, second, servers } = scene
  if (!redis.isOwn) throw new NotRun(OWN)
  const at = { 'the second': second, 'the third': servers[2] as LearnerServer }
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
  const report = await watchAbsence(scene, frozen, at)
  if (report) return report.fault === 'twice' ? { ...report, fault: 'again' } : report
  return watchAbsence(scene, away(scene), at)
}

/**
 * Redis is away for longer than a command waits to be sent. That takes its time, so it has a server of its own, and goes
 * on beside all else.
 *
 * @param over ends it before its time
 */
export async function watchLongOutage(context: CheckContext, over: AbortSignal): Promise<Report | undefined> {
  await using place = await setPlace(context)
  const [server] = place.servers as [LearnerServer]
  if (!place.redis.isOwn) throw new NotRun(OWN)
  const absence = away(place)
  const signal = AbortSignal.any([context.signal, over])
  const end = () => delay(LONG_MS, undefined, { signal }).then(absence.end)
  return await watchStage(place, 'outage', async () => {
    await sendUntilTaken(context, server, 'Before Redis goes away')
    return watchAbsence(place, { ...absence, end }, { 'the other': server })
  })
}

/** Redis is away, as after a crash, and comes back with its data a moment before the second server finds it. */
function away({ redis, key, network }: Place): Absence {
  return {
    begun: 'is away',
    over: 'is back',
    ms: AWAY_MS,
    async begin() {
      await redis.kill()
      await network?.down()
    },
    async end() {
      await redis.start()
      const early = 'When Redis is back, and no server is'
      await redis.add(key, early)
      await network?.up()
      return [early]
    },
  }
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
  const refused = await sendUntilTaken(context, second, text)
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
  const refusal = refused ?? (await sendUntilTaken(context, second, next))
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

const OWN = 'needs a redis-server on PATH: the one that REDIS_URL names may not be stopped'
