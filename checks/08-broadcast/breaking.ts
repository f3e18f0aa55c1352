/** Senders that leave before their message is there, or before it is answered. */
import { addAbortSignal } from 'node:stream'
import type { Fault } from '../manifest.ts'
import type { Client } from '../support/client/client.ts'
import { resetText } from '../support/client/error-codes.ts'
import type { Exchange } from '../support/client/exchange.ts'
import type { CheckContext } from '../support/subject.ts'
import { settle, survives } from '../support/traffic/abuse.ts'
import { gather, haveReceived, type Listener, textsOf } from '../support/traffic/audience.ts'
import { beginMessage, post, sendMessage } from '../support/traffic/messages.ts'
import { takeBack } from '../support/traffic/take-back.ts'

const NO_ERROR = 0
const INTERNAL_ERROR = 2
const CANCEL = 8

/** A whole message is reset so many times with each code: a server may be at another point each time. */
const TIMES = 3

/** What is sent by those who leave before the answer, and what comes of a message that breaks off. */
const WHOLE = 'All of it'
const HALF = 'The first half, and'

/** How senders go in the middle. A stream that is destroyed sends RST_STREAM alone; one that is closed ends before it. */
const BREAKS: { how: string; breakOff: (exchange: Exchange, client: Client) => void }[] = [
  // What a browser sends for a fetch() that is aborted, or whose page is left.
  { how: resetText(CANCEL), breakOff: ({ stream }) => addAbortSignal(AbortSignal.abort(), stream) },
  { how: resetText(NO_ERROR), breakOff: ({ stream }) => stream.destroy() },
  { how: resetText(INTERNAL_ERROR), breakOff: ({ stream }) => stream.destroy(new Error('broken off')) },
  { how: 'the end of its connection', breakOff: (_, client) => client.destroy() },
]

/** A message that was sent to everyone although it broke off: how it did, and what of it was sent. */
export interface Broken {
  how: string
  data: string
}

/**
 * Lets messages break off in the middle, by a reset and by the end of the connection.
 *
 * @param words what is said when the server dies of it
 */
export async function breakOffMessages(context: CheckContext, words: Fault): Promise<Broken | undefined> {
  const listeners = await gather(context, [1])
  for (const { how, breakOff } of BREAKS) {
    const client = await context.connect()
    await survives(context, words, async () => {
      const exchange = beginMessage(client)
      exchange.stream.write(HALF)
      await settle(client)
      breakOff(exchange, client)
      await settle(client)
      return `half a message, and then ${how}`
    })
    // A message that has gone through tells that all which came before it is done. The end of a connection is seen a
    // little later than a reset.
    for (const time of ['first', 'second']) await pass(context, listeners, `The ${time} message after ${how}`)
    const data = listeners.flatMap(textsOf).find((text) => text.includes(HALF))
    if (data !== undefined) return { how, data }
  }
  return undefined
}

/** Sends whole messages, each with a reset right behind it: in one piece, and a little later. */
export async function leaveBeforeTheAnswer(context: CheckContext): Promise<void> {
  const codes = [NO_ERROR, INTERNAL_ERROR, CANCEL]
  const client = await context.connect()
  await takeBack(
    context,
    codes.map((code) => ({ method: 'POST', path: '/messages', body: WHOLE, code })),
  )
  for (const code of codes) {
    if (client.session.closed) return // the server has died of it
    for (let time = 0; time < TIMES; time++) sendMessage(client, WHOLE).reset(code)
    await settle(client)
  }
}

/** Waits until a message has gone through. What came before it is done by then. */
async function pass(context: CheckContext, listeners: Listener[], text: string): Promise<void> {
  const [{ client }] = listeners as [Listener]
  await post(context, client, text)
  await haveReceived(listeners, [text])
}
