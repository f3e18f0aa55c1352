/** One of the two servers is killed. Its clients go on at the other, and so do clients that were away for long. */
import { NotRun, type Report } from '../support/failure.ts'
import type { LearnerServer } from '../support/server/server.ts'
import { killGroup } from '../support/server/spawn.ts'
import { arrives, haveReceived, type Listener, messagesOf } from '../support/traffic/audience.ts'
import { Visit } from '../support/traffic/visit.ts'
import { visible } from '../wire/bytes.ts'
import { listenTo, type Scene, tellServer } from './scene.ts'

/** No id of Redis at all; one that is too large for it; one that no entry has. `$` and `+` mean something to Redis. */
const STRANGE = ['nobody-knows-me', '99999999999999999999-0', '1-1', '$', '+', '1-2-3']

/** So many messages one of the servers is to keep. */
const SMALL_SIZE = 100

/** Redis keeps so many entries in one piece, and takes whole pieces away. */
const NODE = 100

const DEFAULT_KEY = 'sse:events'

const IN_USE = `needs a redis-server on PATH: the stream ${DEFAULT_KEY} of the one that REDIS_URL names is in use`

/** How a client that came back to another server fared. */
interface Return {
  received: string[]
  resets: number
}

/** The first server is killed, and its clients go on at the second. */
export async function watchResume(scene: Scene): Promise<Report | undefined> {
  const { context, first, second, near, far } = scene
  const [one] = near as [Listener]
  const client = await context.connect(first.origin)
  const newcomer = new Visit(client)
  await arrives({ client, exchange: newcomer.exchange }, () => newcomer.lastEventId !== '')
  newcomer.leave()
  const { lastEventId } = newcomer
  const had = messagesOf(one).at(-1)?.id ?? ''
  const texts = ['The last of the first server', 'While they were away', 'And one more']
  await tellServer(context, first, texts[0] as string)
  await haveReceived([...near, ...far], texts.slice(0, 1))
  const standing = messagesOf(one).at(-1)?.id ?? ''
  scene.killed.add(first)
  killGroup(first.pid, 'SIGKILL')
  await first.stop()
  for (const text of texts.slice(1)) await tellServer(context, second, text)
  await haveReceived(far, texts)

  const comers = [
    { who: 'a client of the server that was killed', id: standing, due: texts.slice(1) },
    { who: 'a client that was away already when the server was killed', id: had, due: texts },
    { who: 'a client that had no message yet when the server was killed', id: lastEventId, due: texts },
  ].filter(({ id }) => id !== '')
  const last = 'When all are back'
  const returns = await comeBack(scene, second, comers, last)
  for (const [i, { who, due }] of comers.entries()) {
    const report = judgeReturn(returns[i] as Return, [...due, last], who)
    if (report) return report
  }
  return undefined
}

/** Of what they missed, something was taken away: a server that was not there yet can't know it. */
export async function watchTrimmed(scene: Scene): Promise<Report | undefined> {
  const { redis, key, env, far, network } = scene
  const before = messagesOf(far[0] as Listener)
  const [old, , newest] = before.slice(-3).map(({ id = '' }) => id)
  await redis.ask('XTRIM', key, 'MAXLEN', '1')
  const third = await scene.start({ ...env, REDIS_URL: network?.url ?? redis.url })
  const comers = [
    { who: 'a client whose next message is not in Redis any more', id: old as string, isStrange: true },
    { who: 'a client that has all messages', id: newest as string, isStrange: false },
    ...STRANGE.map((id) => ({ who: `last-event-id: ${id}`, id, isStrange: true })),
  ]
  const last = 'After the log was trimmed'
  const returns = await comeBack(scene, third, comers, last)
  for (const [i, { who, isStrange }] of comers.entries()) {
    const { received, resets } = returns[i] as Return
    if (isStrange) {
      const isHonest = resets === 1 && received.includes(last)
      const came = [resets > 0 ? `event: reset${resets > 1 ? ` ${resets} times` : ''}` : 'no event: reset']
      if (!received.includes(last)) came.push('and not the next message')
      const expected = `event: reset, then new messages, for ${who}`
      const isDeaf = resets === 0 && !received.includes(last)
      const fault = isDeaf ? 'waits' : i === 0 ? undefined : 'strange'
      if (!isHonest) return { expected, received: came.join(', '), fault }
    } else {
      const report = judgeReturn({ received, resets }, [last], who)
      if (report) return { ...report, fault: report.fault === 'reset' ? 'known' : undefined }
    }
  }
  return undefined
}

/** Another server that is told no key reads the one that all have by default. */
export async function watchDefaultKey({ context, redis, start }: Scene): Promise<Report | undefined> {
  if (!redis.isOwn) throw new NotRun(IN_USE)
  const fourth = await start({ REDIS_URL: redis.url, TICK_MS: '0', LOG_SIZE: String(SMALL_SIZE) }) // for the next stage too
  const listeners = await listenTo(context, fourth, 'the fourth', 1)
  const text = 'In the stream that has the name which nobody chose'
  await redis.add(DEFAULT_KEY, text)
  if (await haveReceived(listeners, [text])) return undefined
  return { expected: 'the messages of the stream sse:events when REDIS_KEY is not set', received: 'none' }
}

/** What is written to the stream takes away what is old: about LOG_SIZE entries are left. */
export async function watchSize({ context, redis, servers }: Scene): Promise<Report | undefined> {
  if (!redis.isOwn) throw new NotRun(IN_USE)
  await redis.add(DEFAULT_KEY, ...Array.from({ length: SMALL_SIZE + 3 * NODE }, (_, i) => `Old ${i}`))
  for (let i = 0; i < 3; i++) await tellServer(context, servers[3] as LearnerServer, `New ${i}`)
  const length = await redis.ask<number>('XLEN', DEFAULT_KEY)
  const most = SMALL_SIZE + NODE
  if (length <= most) return undefined
  const expected = `at most ${most} entries in the stream when LOG_SIZE is ${SMALL_SIZE}`
  return { expected, received: `${length} entries` }
}

/** Clients come to a server with these ids. When all that it has to say has been said, a last message is sent. */
async function comeBack(
  { context }: Scene,
  server: LearnerServer,
  comers: readonly { id: string }[],
  last: string,
): Promise<Return[]> {
  const client = await context.connect(server.origin)
  const visits = comers.map(({ id }) => new Visit(client, id))
  await Promise.all(visits.map((visit) => visit.begins()))
  await tellServer(context, server, last)
  await Promise.all(
    visits.map(({ exchange, events }) =>
      arrives({ client, exchange }, () => events.some(({ data }) => data === last)),
    ),
  )
  return visits.map(({ events }) => ({
    received: events.filter(({ type }) => type === 'message').map(({ data }) => data),
    resets: events.filter(({ type }) => type === 'reset').length,
  }))
}

function judgeReturn({ received, resets }: Return, due: readonly string[], who: string): Report | undefined {
  const quoted = (texts: readonly string[]) =>
    texts.map((text) => `"${visible(text)}"`).join(', ') || 'nothing'
  const expected = `${quoted(due)}, for ${who}`
  if (resets > 0) return { expected, received: `event: reset, then ${quoted(received)}`, fault: 'reset' }
  if (received.length === due.length && due.every((text, i) => received[i] === text)) return undefined
  const twice = received.some((text, i) => received.indexOf(text) < i || !due.includes(text))
  return { expected, received: quoted(received), fault: twice ? 'twice' : undefined }
}
