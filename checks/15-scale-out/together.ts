/** What two servers do together, while all is well. */
import type { Report } from '../support/failure.ts'
import { settle } from '../support/traffic/abuse.ts'
import {
  arrives,
  deviationOf,
  haveReceived,
  type Listener,
  messagesOf,
  namesOf,
  textsOf,
} from '../support/traffic/audience.ts'
import { Visit } from '../support/traffic/visit.ts'
import { visible } from '../wire/bytes.ts'
import { clientsOf, entriesOf, inWords, readersOf } from './looks.ts'
import { listenTo, type Scene, tellServer } from './scene.ts'

/** So many messages are sent to each server at the same time. */
const CROWD = 12

/** So many entries are written in one moment. */
const BURST = 10

/** So many clients more come to one server. A connection to Redis for each of them is seen by the number. */
const MORE = 20

/** Redis is asked so often who waits, each time for so many milliseconds: between two reads, nobody does. */
const LOOKS = 40
const LOOK_MS = 25

/** A message that is sent to one reaches the clients of both. */
export async function watchShared(scene: Scene): Promise<Report | undefined> {
  const { context, first, second, listeners } = scene
  for (const [server, name] of [
    [first, 'the first'],
    [second, 'the second'],
  ] as const) {
    const text = `To ${name} server`
    const status = await tellServer(context, server, text)
    if (status !== 204) {
      const expected = 'POST /messages → status 204, at each of two servers with one Redis'
      if (status === undefined) return { expected, received: 'no answer', fault: 'waits' }
      return { expected, received: `status ${status}`, fault: status === 503 ? 'refused' : undefined }
    }
    if (await haveReceived(listeners, [text])) continue
    const without = listeners.filter((listener) => !textsOf(listener).includes(text))
    const expected = `a message that is sent to ${name} server, on the clients of both`
    const found = await findIn(scene, text)
    const received = `none on ${namesOf(without, listeners, 'any')}, and in Redis ${found.received}`
    return { expected, received, fault: found.fault }
  }
  return undefined
}

/** Where the way of a message ended that did not reach everyone: before Redis, or behind it. */
async function findIn({ redis, key }: Scene, text: string): Promise<Pick<Report, 'received' | 'fault'>> {
  const entries = await entriesOf(redis, key)
  const entry = entries.find(({ fields }) => [...fields.values()].some((value) => value.includes(text)))
  if (!entry) return { received: 'no entry under the key REDIS_KEY', fault: 'unadded' }
  const fault = entry.fields.get('data') === text ? 'unread' : 'field'
  return { received: `an entry with ${inWords(entry)}`, fault }
}

/** All get the same messages in the same order, also where news from Redis is late. */
export async function watchOrder({ context, first, second, network, near, listeners }: Scene) {
  const texts = ['Sent to the first server', 'Sent to the second server a moment later']
  network?.hold()
  const statuses = [await tellServer(context, first, texts[0] as string)]
  await haveReceived(near, texts.slice(0, 1))
  statuses.push(await tellServer(context, second, texts[1] as string))
  await haveReceived(near, texts)
  network?.release()
  for (let i = 1; i <= CROWD; i++) texts.push(`${i} to the first`, `${i} to the second`)
  const sent = texts.slice(2).map((text, i) => tellServer(context, i % 2 ? second : first, text))
  statuses.push(...(await Promise.all(sent)))
  const refused = statuses.find((status) => status !== 204)
  if (statuses.some((status) => status !== 204)) {
    return { expected: 'POST /messages → status 204', received: refused ? `status ${refused}` : 'no answer' }
  }
  await haveReceived(listeners, texts)
  const deviation = deviationOf(listeners, texts)
  const expected = 'the same messages in the same order, each once, on the clients of both servers'
  return deviation && { expected, received: deviation.received, fault: deviation.kind }
}

/** Each message is an entry of the stream, and each entry a message. */
export async function watchEntries({ redis, key, listeners }: Scene): Promise<Report | undefined> {
  const type = await redis.ask<string>('TYPE', key)
  if (type !== 'stream') {
    const received = type === 'none' ? 'no such key' : `a ${type} under this key`
    return { expected: 'a Redis stream under the key that REDIS_KEY names', received, fault: 'key' }
  }
  const data = new Set((await entriesOf(redis, key)).map((entry) => entry.fields.get('data')))
  const sent = textsOf(listeners[0] as Listener)
  const lost = sent.find((text) => !data.has(text))
  if (lost !== undefined) {
    const entries = await entriesOf(redis, key)
    const near = entries.find(({ fields }) => [...fields.values()].some((value) => value.includes(lost)))
    const fault = near?.fields.has('data') ? 'wrapped' : undefined
    const received = near ? inWords(near) : 'no entry'
    return { expected: `an entry with the field data, "${lost}"`, received, fault }
  }
  const text = 'Written by another program'
  await redis.add(key, text)
  if (await haveReceived(listeners, [text])) return undefined
  const expected = 'a message for each entry that is added to the stream, whoever adds it'
  const without = listeners.filter((listener) => !textsOf(listener).includes(text))
  return { expected, received: `none on ${namesOf(without, listeners, 'any')}`, fault: 'unread' }
}

/** The id of a message is that of its entry. */
export async function watchIds({ redis, key, listeners }: Scene): Promise<Report | undefined> {
  const ids = new Map((await entriesOf(redis, key)).map(({ id, fields }) => [fields.get('data'), id]))
  for (const listener of listeners) {
    const wrong = messagesOf(listener).find(({ id, data }) => id !== ids.get(data))
    if (!wrong) continue
    const expected = `id: ${ids.get(wrong.data)}, which is the id of the entry in Redis`
    const received = wrong.id === undefined ? 'no id' : `id: ${visible(wrong.id).slice(0, 40)}`
    return { expected, received: `${received} on ${listener.name}` }
  }
  return undefined
}

/** What one read brings goes out in one piece to each client. */
export async function watchBurst({ redis, key, listeners }: Scene): Promise<Report | undefined> {
  const texts = Array.from({ length: BURST }, (_, i) => `Burst ${i + 1}`)
  await redis.add(key, ...texts)
  const expected = `one write a client for ${BURST} messages that Redis has in the same moment`
  if (!(await haveReceived(listeners, texts))) {
    return { expected, received: deviationOf(listeners, texts)?.received ?? 'nothing', fault: 'lost' }
  }
  for (const listener of listeners) {
    const times = new Set(messagesOf(listener).flatMap(({ data, at }) => (texts.includes(data) ? [at] : [])))
    if (times.size > 1) return { expected, received: `${times.size} pieces or more on ${listener.name}` }
  }
  return undefined
}

/** Every read has an end, and one that brought nothing is followed by another. */
export async function watchQuiet({ redis, key, listeners }: Scene): Promise<Report | undefined> {
  for (const { id } of await readersOf(redis)) await redis.ask('CLIENT', 'UNBLOCK', id, 'TIMEOUT')
  const text = 'After a while in which nothing came'
  await redis.add(key, text)
  if (await haveReceived(listeners, [text])) return undefined
  const without = listeners.filter((listener) => !textsOf(listener).includes(text))
  const expected = 'the next message, after a read that brought nothing until its time was over'
  return { expected, received: `none on ${namesOf(without, listeners, 'any')}` }
}

/** One read for all clients, and it waits in Redis. */
export async function watchReaders(scene: Scene): Promise<Report | undefined> {
  const { context, redis, first } = scene
  const before = await clientsOf(redis)
  await listenTo(context, first, 'the first', MORE)
  const after = await clientsOf(redis)
  const more = after.length - before.length
  const expected = 'one connection to Redis that reads for all clients of a server'
  if (more > MORE / 2) return { expected, received: `${more} connections more for ${MORE} clients more` }
  for (let look = 0; look < LOOKS; look++) {
    if ((await readersOf(redis)).length > 0) return undefined
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  return { expected: 'a read that waits in Redis: XREAD with BLOCK', received: 'none', fault: 'polls' }
}

/** A client comes with the id of a message that this server has not read yet: it gets what is behind it, and no reset. */
export async function watchAhead({ context, first, second, network, near }: Scene) {
  if (!network) return undefined
  const texts = ['Read by the first server alone', 'The one behind it']
  network.hold()
  await tellServer(context, first, texts[0] as string)
  await haveReceived(near, texts.slice(0, 1))
  const id = messagesOf(near[0] as Listener).find(({ data }) => data === texts[0])?.id ?? ''
  const client = await context.connect(second.origin)
  const visit = new Visit(client, id)
  await visit.begins()
  for (let turn = 0; turn < 5; turn++) await settle(client) // what it asks of Redis is answered by then
  await tellServer(context, first, texts[1] as string)
  network.release()
  const { exchange } = visit
  const came = await arrives({ client, exchange }, () => visit.events.some(({ data }) => data === texts[1]))
  const expected =
    'the messages behind that id, for a client that was quicker than the news that its server reads'
  if (visit.events.some(({ type }) => type === 'reset'))
    return { expected, received: 'event: reset', fault: 'reset' }
  if (!came) return { expected, received: 'nothing', fault: 'waits' }
  const again = visit.events.filter(({ data }) => texts.includes(data)).length > 1
  return again ? { expected, received: 'the message that it had, once more', fault: 'twice' } : undefined
}
