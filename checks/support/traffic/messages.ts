/** Sending messages to the learner's server, as lesson 08 has it: POST /messages. */
import type { OutgoingHttpHeaders } from 'node:http2'
import type { Fault } from '../../manifest.ts'
import type { Body, Client } from '../client/client.ts'
import type { Exchange } from '../client/exchange.ts'
import type { CheckContext } from '../subject.ts'
import { seenInstead } from './silence.ts'

/** How long a message may take to be taken, in milliseconds. A busy machine needs some of it. */
const TAKEN_MS = 8000

const HEAD = { ':method': 'POST', ':path': '/messages', 'content-type': 'text/plain; charset=utf-8' }

/** Asks for a message to be sent to everyone. The pieces of an array are written one after the other. */
export function sendMessage(client: Client, body: Body, headers: OutgoingHttpHeaders = {}): Exchange {
  return client.request({ ...HEAD, ...headers }, body)
}

/** Begins to send a message. The caller writes its text to the stream of the exchange, and ends it or breaks it off. */
export function beginMessage(client: Client): Exchange {
  return client.begin(HEAD)
}

/** What is said in a later lesson, whose checks send messages as well. */
const ELSEWHERE: Fault = {
  why: 'This check sends messages as lesson 8 has it, and one was not taken.',
  fix: 'Answer POST /messages as in lesson 8: npm run check 8 tells what is missing.',
}

/** Sends a message, and waits until it is taken. Fails the check when the answer is not 204. */
export async function post(context: CheckContext, client: Client, body: Body, words?: Fault): Promise<void> {
  await expectTaken(context, sendMessage(client, body), words)
}

/** Waits until a message is taken. Fails the check when the answer is not 204. */
export async function expectTaken(
  context: CheckContext,
  exchange: Exchange,
  words: Fault = ELSEWHERE,
): Promise<void> {
  const head = await exchange.headWithin(TAKEN_MS)
  if (head?.status === 204) return
  context.fail({
    expected: 'POST /messages → status 204',
    received: head ? `status ${head.status}` : seenInstead(exchange).received,
    ...words,
    at: { call: 'respond', path: '/messages' },
  })
}
