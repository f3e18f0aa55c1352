/** Sending a message while hundreds of streams get it, which may take a while on a busy machine. */
import type { Client } from '../support/client/client.ts'
import type { CheckContext } from '../support/subject.ts'
import { expectTaken, sendMessage } from '../support/traffic/messages.ts'
import { within } from '../support/waiting.ts'

/** How long a message may take to be taken, in milliseconds. */
const TAKEN_MS = 15_000

/** Sends a message, and waits until it is taken. Fails the check when it is not. */
export async function publish(context: CheckContext, client: Client, text: string): Promise<void> {
  const exchange = sendMessage(client, text)
  await within(exchange.done, TAKEN_MS)
  const head = await exchange.headWithin(0)
  if (head?.status === 204 || (!head && exchange.ended)) return
  await expectTaken(context, exchange)
}
