/** Senders that leave before their message is there, or before it is answered. */
import { addAbortSignal } from 'node:stream'
import { resetText } from '../support/client/error-codes.ts'
import type { Exchange } from '../support/client/exchange.ts'
import type { CheckContext } from '../support/subject.ts'
import { settle } from '../support/traffic/abuse.ts'
import { gather, haveReceived, type Listener, messagesOf } from '../support/traffic/audience.ts'
import { beginMessage, post, sendMessage } from '../support/traffic/messages.ts'

const NO_ERROR = 0
const INTERNAL_ERROR = 2
const CANCEL = 8

/** A whole message is reset so many times with each code: a server may be at another point each time. */
const TIMES = 3

/** What comes of a message that breaks off. It has a second half. */
const HALF = 'The first half'

/** A client half-closes what it resets, unless its stream is destroyed: then it sends RST_STREAM alone. */
const BREAKS: { code: number; breakOff: (exchange: Exchange) => void }[] = [
  { code: CANCEL, breakOff: ({ stream }) => addAbortSignal(AbortSignal.abort(), stream) },
  { code: NO_ERROR, breakOff: ({ stream }) => stream.destroy() },
  { code: INTERNAL_ERROR, breakOff: ({ stream }) => stream.destroy(new Error('broken off')) },
]

/** A message that was sent to everyone although it broke off: how it did, and what of it was sent. */
export interface Broken {
  how: string
  data: string
}

/** Lets messages break off in the middle, by a reset and by the end of the connection. */
export async function breakOffMessages(context: CheckContext): Promise<Broken | undefined> {
  const listeners = await gather(context, [1])
  const published = () => listeners.flatMap(messagesOf).find(({ data }) => data.includes(HALF))?.data
  const client = await context.connect()
  for (const { code, breakOff } of BREAKS) {
    const exchange = beginMessage(client)
    exchange.stream.write(`${HALF}, `)
    await settle(client)
    breakOff(exchange)
    await settle(client)
    await pass(context, listeners, `After ${resetText(code)}`)
    const data = published()
    if (data !== undefined) return { how: resetText(code), data }
  }
  const lost = await context.connect()
  beginMessage(lost).stream.write(`${HALF}, `)
  await settle(lost)
  lost.destroy()
  // The second one comes when the end of that connection has been read for sure.
  for (const time of ['once', 'twice'])
    await pass(context, listeners, `After the end of a connection, ${time}`)
  const data = published()
  return data === undefined ? undefined : { how: 'the end of its connection', data }
}

/** Sends whole messages, each with a reset right behind it. */
export async function leaveBeforeTheAnswer(context: CheckContext): Promise<void> {
  const client = await context.connect()
  for (const code of [NO_ERROR, INTERNAL_ERROR, CANCEL]) {
    for (let time = 0; time < TIMES; time++) sendMessage(client, 'All of it').reset(code)
    await settle(client)
  }
}

/** Waits until a message has gone through. What came before it is done by then. */
async function pass(context: CheckContext, listeners: Listener[], text: string): Promise<void> {
  const [{ client }] = listeners as [Listener]
  await post(context, client, text)
  await haveReceived(listeners, [text])
}
