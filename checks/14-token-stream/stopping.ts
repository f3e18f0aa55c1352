/** Whether the model stops when its client has left: counted by the timers that it waits with. */
import { finished as end } from 'node:stream/promises'
import type { Client } from '../support/client/client.ts'
import type { Report } from '../support/failure.ts'
import { rest } from '../support/server/counting.ts'
import type { LearnerServer } from '../support/server/server.ts'
import type { CheckContext } from '../support/subject.ts'
import { settle } from '../support/traffic/abuse.ts'
import { leave, WAYS } from '../support/traffic/leaving.ts'
import { within } from '../support/waiting.ts'
import { type Answer, ask, hasBegun, LONG_PROMPT, promptOf, send } from './answers.ts'

/** Clients come over so many connections, and ask so many things on each. */
const CONNECTIONS = 2
const PROMPTS = 3

/** Milliseconds between two tokens. */
const TOKEN_MS = 4

/** How long a model may take to notice, in milliseconds, on a busy machine. What does not stop goes on for much longer. */
const STOP_MS = 2500

export async function judgeStopping(context: CheckContext): Promise<Report | undefined> {
  const server = await context.start({ env: { TICK_MS: '0', TOKEN_MS: String(TOKEN_MS) } })
  let clients = await connectAll(context, server)
  await warmUp(clients)
  const { timers } = await rest(server)
  for (const way of WAYS) {
    let answers: Answer[] = []
    const visit = async () => {
      const asked = clients.map((client) =>
        Array.from({ length: PROMPTS }, () => begin(client, !way.isEarly)),
      )
      const crowds = await Promise.all(asked.map((each) => Promise.all(each)))
      answers = crowds.flat()
      await leave(
        clients,
        crowds.map((crowd) => crowd.map(({ exchange }) => exchange)),
        way,
      )
    }
    await (way.isEarly ? server.standStill(visit) : visit())
    if (!way.isEarly && answers.some(({ head }) => head?.status !== 200)) return undefined // told by another check
    if (!way.endsSession) await Promise.all(clients.map(settle))
    const left = await leftOver(server, timers)
    if (left > 0) {
      return {
        expected: `no timer of the model when ${answers.length} clients ${way.name}`,
        received: `${left} more than before they came`,
        fault: way.isEarly ? 'early' : way.endsSession ? 'connection' : undefined,
        at: server.exit ? undefined : await server.where({ call: 'write', path: '/completions' }),
      }
    }
    if (!way.endsSession) continue
    await Promise.all(clients.map(({ closed }) => closed))
    clients = await connectAll(context, server)
    await warmUp(clients)
  }
  return undefined
}

function connectAll(context: CheckContext, { origin }: LearnerServer): Promise<Client[]> {
  return Promise.all(Array.from({ length: CONNECTIONS }, () => context.connect(origin)))
}

/** What a connection has for good, it has once it was given an answer. */
async function warmUp(clients: readonly Client[]): Promise<void> {
  const answers = await Promise.all(clients.map((client) => ask(client, promptOf('Hello'))))
  await Promise.all(answers.map(({ exchange }) => exchange.until(({ over }) => over, 4 * STOP_MS)))
}

/** Asks for a long answer, and waits until it has begun, unless nobody waits for that. */
async function begin(client: Client, waits: boolean): Promise<Answer> {
  if (waits) {
    const answer = await ask(client, promptOf(LONG_PROMPT))
    await hasBegun(answer)
    return answer
  }
  const { exchange, question } = send(client, promptOf(LONG_PROMPT))
  await within(
    end(exchange.stream, { readable: false }).catch(() => {}),
    STOP_MS,
  ) // all of the request is on its way
  return { question, exchange }
}

/** How many timers more there are than there should be, once they have had the time to go. */
async function leftOver(server: LearnerServer, timers: number): Promise<number> {
  const end = performance.now() + STOP_MS
  for (;;) {
    const sample = await server.sample()
    const left = sample.timers - timers
    if (left <= 0 || performance.now() > end) return left
  }
}
