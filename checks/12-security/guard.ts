/** A server with a token and a list of origins, and who is connected to it. */
import type { OutgoingHttpHeaders } from 'node:http2'
import type { Client } from '../support/client/client.ts'
import type { LearnerServer } from '../support/server/server.ts'
import type { CheckContext } from '../support/subject.ts'
import { haveReceived, type Listener } from '../support/traffic/audience.ts'
import { ask, EVENTS, MESSAGE } from './asking.ts'
import { ALLOWED } from './origins.ts'

/** What `ACCESS_TOKEN` is: it ends with two equals signs, as base64 often does. */
export const TOKEN = 'k7+Zr/q2w0aB=='

export const BEARER = { authorization: `Bearer ${TOKEN}` }
export const COOKIE = { cookie: `token=${TOKEN}` }

/** The token in both ways, for those whose token is not what is asked about. */
const SHOWN: OutgoingHttpHeaders = { ...BEARER, ...COOKIE }

export interface Guard {
  context: CheckContext
  server: LearnerServer
  client: Client
  /** A stream that is open all the while, on another connection. */
  listener: Listener
  shown: OutgoingHttpHeaders
}

/** @param env beside the token and the origins */
export async function startGuarded(
  context: CheckContext,
  env: Record<string, string> = {},
): Promise<LearnerServer> {
  const guards = { ALLOWED_ORIGINS: ALLOWED.join(','), ACCESS_TOKEN: TOKEN }
  return context.start({ env: { TICK_MS: '0', ...guards, ...env } })
}

export async function enter(context: CheckContext, server: LearnerServer): Promise<Guard> {
  const client = await context.connect(server.origin)
  const listener = await ask(await context.connect(server.origin), { ...EVENTS, headers: SHOWN })
  return { context, server, client, listener, shown: SHOWN }
}

/** Sends a message, and waits until it is there: what came before it is there as well. */
export async function post({ client, listener, shown }: Guard, text: string): Promise<boolean> {
  await ask(client, { ...MESSAGE, headers: shown, body: text })
  return haveReceived([listener], [text])
}
