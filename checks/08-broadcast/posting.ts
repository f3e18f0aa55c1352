/** Many messages for many clients: some of them one after the other, some at once, some while clients die. */
import type { Fault } from '../manifest.ts'
import type { Body } from '../support/client/client.ts'
import type { Exchange } from '../support/client/exchange.ts'
import type { CheckContext } from '../support/subject.ts'
import { settle } from '../support/traffic/abuse.ts'
import {
  arrives,
  deviationOf,
  gather,
  haveReceived,
  type Listener,
  listen,
  textsOf,
} from '../support/traffic/audience.ts'
import { fateOf } from '../support/traffic/events.ts'
import { come, connectAll, leave, WAYS } from '../support/traffic/leaving.ts'
import { beginMessage, expectTaken, post, sendMessage } from '../support/traffic/messages.ts'
import { asReceived, type Message } from './texts.ts'

/** How many messages are posted at once. */
const BURST = 30

/** By then the streams of those that die are open, in milliseconds, also on a busy machine. */
const OPEN_MS = 5000

/** Streams on each connection of those that die. */
const DYING = 4

/** What those who stay may get of it. */
const CHANGES = { lost: 'a message less', twice: 'a message twice', order: 'messages in another order' }

/** What is said where a message is not taken. */
const TAKEN: Fault = {
  why: 'A message that is not taken reaches no one.',
  fix: 'Answer each POST /messages with 204, whatever its text is and whoever is listening.',
}

/** Who listened, and what was sent to them. */
export interface Posted {
  listeners: Listener[]
  texts: string[]
}

/** What is sent before all else, and what tells that it has come as often as it will. */
export const FIRST = 'Hello everyone'
export const GREETINGS = [FIRST, 'Hello again']

export interface ManyPosted extends Posted {
  /** Those who were there from the beginning. The last of `listeners` came when the first message had been sent. */
  early: Listener[]
}

/** Sends a message to many clients, and then many at once, from several connections. */
export async function postMany(context: CheckContext): Promise<ManyPosted> {
  const early = await gather(context)
  const [{ client: sender }] = early as [Listener]
  for (const text of GREETINGS) {
    await post(context, sender, text, TAKEN)
    if (!(await haveReceived(early, [text]))) return { early, listeners: early, texts: [] }
  }
  if (deviationOf(early, [FIRST])) return { early, listeners: early, texts: [] }
  const [late] = await gather(context, [1])
  const listeners = [...early, { ...(late as Listener), name: 'a stream that was opened later' }]
  const clients = [...new Set(listeners.map(({ client }) => client))]
  const texts = Array.from({ length: BURST }, (_, i) => `Message ${i + 1}`)
  await Promise.all(texts.map((text, i) => post(context, clients[i % clients.length] ?? sender, text, TAKEN)))
  await haveReceived(listeners, texts)
  const last = 'Goodbye everyone' // what comes twice has come twice before it
  await post(context, sender, last, TAKEN)
  await haveReceived(listeners, [last])
  return { early, listeners, texts: [...texts, last] }
}

/** Sends messages one after the other. Answers with the first that did not arrive as it should, and what came of it. */
export async function postEach(
  context: CheckContext,
  messages: readonly Message[],
): Promise<{ expected: string; received?: string } | undefined> {
  const [listener] = (await gather(context, [1])) as [Listener]
  const send = async (body: Body) => {
    const before = textsOf(listener).length
    await post(context, listener.client, body, TAKEN)
    return arrives(listener, () => textsOf(listener).length > before)
  }
  const begin = 'From here on'
  await send(begin)
  for (const { text, pieces } of messages) {
    if (!(await send(pieces))) return { expected: asReceived(text) }
  }
  await send('Up to here')
  const wanted = messages.map(({ text }) => asReceived(text))
  const received = textsOf(listener).slice(textsOf(listener).indexOf(begin) + 1)
  const expected = wanted.find((text) => !received.includes(text))
  if (expected === undefined) return undefined
  return { expected, received: received.find((text) => !wanted.includes(text)) }
}

/** Sends messages whose pieces come by turns, two of them on one connection. Answers with their texts. */
export async function postByTurns(context: CheckContext): Promise<Posted> {
  const listeners = await gather(context, [1])
  const [one, other] = [await context.connect(), await context.connect()]
  const texts = ['red, red, red', 'green, green, green', 'blue, blue, blue']
  const senders = texts.map((text, i) => {
    const client = i < 2 ? one : other
    return { client, message: beginMessage(client), pieces: text.split(/(?<=, )/) }
  })
  for (let turn = 0; turn < 3; turn++) {
    for (const { client, message, pieces } of senders) {
      message.stream.write(pieces[turn] ?? '')
      await settle(client)
    }
  }
  for (const [i, { message }] of senders.entries()) {
    message.stream.end()
    await expectTaken(context, message, TAKEN)
    if (!(await haveReceived(listeners, texts.slice(0, i + 1)))) break
  }
  return { listeners, texts }
}

/**
 * Sends messages while clients leave, in every way that clients do.
 *
 * @returns what somebody who stayed received otherwise, as a learner reads it
 */
export async function postAmongTheDying(context: CheckContext): Promise<string | undefined> {
  const stayers = await gather(context, [2, 1])
  const [{ client: sender }] = stayers as [Listener]
  for (const way of WAYS) {
    const dying = await connectAll(context)
    const crowds = way.isEarly ? [] : dying.map((client) => come(client, DYING))
    await Promise.all(crowds.flat().map((stream) => stream.headWithin(OPEN_MS)))
    const late = await listen(context, sender, 'a stream that was opened last')
    const texts = [1, 2, 3].map((number) => `Message ${number}, while clients ${way.name}`)
    const [before = '', meanwhile = '', after = ''] = texts
    const sent: Exchange[] = []
    const visit = async () => {
      sent.push(sendMessage(sender, before))
      sent.push(sendMessage((way.endsSession ? sender : dying[0]) ?? sender, meanwhile))
      await leave(dying, way.isEarly ? dying.map((client) => come(client, DYING)) : crowds, way)
    }
    // A server that stood still finds all of it in one read, so that clients die in the middle of its work.
    await (context.shared?.standStill(visit) ?? visit())
    for (const exchange of sent) await expectTaken(context, exchange, TAKEN)
    await post(context, sender, after, TAKEN)
    const listeners = [...stayers, late]
    await haveReceived(listeners, texts)
    const ended = listeners.find(({ exchange }) => exchange.over)
    if (ended) return `${fateOf(ended.exchange)} on ${ended.name}, when clients ${way.name}`
    const deviation = deviationOf(listeners, texts)
    if (deviation) return `${CHANGES[deviation.kind]}, when clients ${way.name}`
    late.exchange.reset()
  }
  return undefined
}
