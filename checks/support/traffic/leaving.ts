/** Clients that come in crowds, and leave in every way that clients do. */
import type { OutgoingHttpHeaders } from 'node:http2'
import { setImmediate as turn } from 'node:timers/promises'
import type { Client } from '../client/client.ts'
import type { Exchange } from '../client/exchange.ts'
import type { CheckContext } from '../subject.ts'

/** The crowd comes over this many connections. */
export const SESSIONS = 4

/** How clients leave: in the browser, a closed tab, a lost network, `EventSource.close()`. */
interface Way {
  name: string
  /** They leave before the answer has begun. */
  isEarly?: boolean
  /** Their connection goes with them. The others leave theirs open for what comes next. */
  endsSession?: boolean
  leave(client: Client, streams: Exchange[], index: number): void
}

/** The connections of a crowd. */
export function connectAll(context: CheckContext): Promise<Client[]> {
  return Promise.all(Array.from({ length: SESSIONS }, () => context.connect()))
}

/** Asks for the event stream so many times, on one connection. */
export function come(client: Client, streams: number, headers?: OutgoingHttpHeaders): Exchange[] {
  return Array.from({ length: streams }, () => client.get('/events', headers))
}

/** Lets the crowds of all connections leave. Resolves when they have, and what they sent is on its way. */
export async function leave(clients: Client[], crowds: Exchange[][], way: Way): Promise<void> {
  clients.forEach((client, i) => {
    way.leave(client, crowds[i] ?? [], i)
  })
  await Promise.all(crowds.flat().map(({ done }) => done))
  await turn() // a session writes its resets once the write before has been made
}

const NO_ERROR = 0
const INTERNAL_ERROR = 2

/** The names continue the words 'clients that'. */
export const WAYS: Way[] = [
  {
    name: 'reset their streams',
    leave(_client, streams) {
      for (const stream of streams) stream.reset()
    },
  },
  {
    name: 'closed their streams without an error',
    leave(_client, streams) {
      for (const stream of streams) stream.reset(NO_ERROR)
    },
  },
  {
    name: 'said goodbye with GOAWAY',
    endsSession: true,
    leave(client, _streams, index) {
      client.goaway(index % 2 === 0 ? NO_ERROR : INTERNAL_ERROR)
      client.session.destroy()
    },
  },
  {
    name: 'dropped their connection',
    endsSession: true,
    leave(client) {
      client.destroy()
    },
  },
  {
    name: 'left before your answer came',
    isEarly: true,
    leave(_client, streams) {
      for (const stream of streams) stream.reset()
    },
  },
]
