/** Sending messages to the learner's server, as lesson 08 has it: POST /messages. */
import type { Body, Client } from '../client/client.ts'
import type { Exchange } from '../client/exchange.ts'
import type { CheckContext } from '../subject.ts'
import { seenInstead } from './silence.ts'

/** How long a message may take to be taken, in milliseconds. A busy machine needs some of it. */
const TAKEN_MS = 3000

/** Asks for a message to be sent to everyone. The pieces of an array are written one after the other. */
export function sendMessage(client: Client, body: Body): Exchange {
  const headers = { ':method': 'POST', ':path': '/messages', 'content-type': 'text/plain; charset=utf-8' }
  return client.request(headers, body)
}

/** Sends a message, and waits until it is taken. Fails the check when the answer is not 204. */
export async function post(context: CheckContext, client: Client, body: Body): Promise<void> {
  const exchange = sendMessage(client, body)
  const head = await exchange.headWithin(TAKEN_MS)
  if (head?.status === 204) return
  context.fail({
    expected: 'POST /messages → status 204',
    received: head ? `status ${head.status}` : seenInstead(exchange).received,
    why: 'This check sends messages as lesson 8 has it, and one was not taken.',
    fix: 'Answer POST /messages as in lesson 8: npm run check 8 tells what is missing.',
    at: { call: 'respond', path: '/messages' },
  })
}
