/** A token, origins and few places: what lesson 12 has for streams, this stream has too. */
import type { OutgoingHttpHeaders } from 'node:http2'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '../support/client/client.ts'
import type { Report } from '../support/failure.ts'
import type { CheckContext } from '../support/subject.ts'
import { settle } from '../support/traffic/abuse.ts'
import { show } from '../support/traffic/events.ts'
import { seenInstead } from '../support/traffic/silence.ts'
import { type Answer, ask, complete, hasBegun, LONG_PROMPT, PATIENCE_MS, promptOf } from './answers.ts'

const TOKEN = 'c2VjcmV0'
const BEARER = { authorization: `Bearer ${TOKEN}` }
const FRIEND = 'https://app.example'
const STRANGER = 'https://evil.example'

/** What `MAX_STREAMS` is. */
const PLACES = 2

/** Milliseconds until somebody who was refused comes again, and how often they do. */
const RETRY_MS = 20
const TRIES = 40

const AT = { call: 'respond', path: '/completions' } as const

export async function judgeGuarded(context: CheckContext): Promise<Report | undefined> {
  const env = {
    TICK_MS: '0',
    TOKEN_MS: '4',
    ACCESS_TOKEN: TOKEN,
    ALLOWED_ORIGINS: FRIEND,
    MAX_STREAMS: String(PLACES),
  }
  const server = await context.start({ env })
  const client = await context.connect(server.origin)
  return (
    (await tokenFault(client)) ??
    (await originFault(client)) ??
    (await preflightFault(client)) ??
    (await placesFault(client))
  )
}

/** Asks with these headers, and no further than for the head. */
async function statusOf(client: Client, headers: OutgoingHttpHeaders): Promise<Answer> {
  const answer = await ask(client, promptOf('Hello', headers))
  if (!answer.exchange.over) answer.exchange.reset()
  await settle(client)
  return answer
}

function statusFault(answer: Answer, status: number, detail: string, fault?: string): Report | undefined {
  if (answer.head?.status === status) return undefined
  const received = answer.head ? `status ${answer.head.status}` : seenInstead(answer.exchange).received
  return { expected: `POST /completions ${detail} → status ${status}`, received, fault, at: AT }
}

async function tokenFault(client: Client): Promise<Report | undefined> {
  const guess = { authorization: 'Bearer c2VjcmV1' }
  return (
    statusFault(await statusOf(client, {}), 401, 'without the token', 'token') ??
    statusFault(await statusOf(client, guess), 401, 'with another token', 'token') ??
    statusFault(await statusOf(client, BEARER), 200, 'with the token', 'barred') ??
    statusFault(
      await statusOf(client, { cookie: `token=${TOKEN}` }),
      200,
      'with the token as a cookie',
      'barred',
    )
  )
}

async function originFault(client: Client): Promise<Report | undefined> {
  const foreign = await statusOf(client, { ...BEARER, origin: STRANGER })
  const wrong = statusFault(foreign, 403, `from a page of ${STRANGER}`, 'foreign')
  if (wrong) return wrong
  const friendly = await statusOf(client, { ...BEARER, origin: FRIEND })
  const barred = statusFault(friendly, 200, `from a page of ${FRIEND}, which is allowed`, 'barred')
  return (
    barred ??
    headerFault(friendly, 'access-control-allow-origin', FRIEND) ??
    headerFault(friendly, 'vary', 'origin')
  )
}

function headerFault({ head }: Answer, name: string, wanted: string): Report | undefined {
  const value = head?.headers[name]?.toString()
  const values =
    value
      ?.toLowerCase()
      .split(',')
      .map((each) => each.trim()) ?? []
  if (values.includes(wanted)) return undefined
  const expected = `POST /completions from a page of ${FRIEND}, which is allowed → ${name}: ${wanted}`
  return { expected, received: show(name, value), fault: 'cors', at: AT }
}

/** JSON is no type that a form can send, so a browser asks first: WHATWG Fetch § 4.8. */
async function preflightFault(client: Client): Promise<Report | undefined> {
  const exchange = client.request({
    ':method': 'OPTIONS',
    ':path': '/completions',
    origin: FRIEND,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  })
  const head = await exchange.headWithin(PATIENCE_MS)
  const names = head?.headers['access-control-allow-headers']?.toLowerCase() ?? ''
  const isOk = head && head.status >= 200 && head.status < 300
  if (isOk && names.split(',').some((name) => name.trim() === 'content-type')) return undefined
  const received = isOk
    ? show('access-control-allow-headers', names || undefined)
    : head
      ? `status ${head.status}`
      : seenInstead(exchange).received
  return {
    expected: 'OPTIONS /completions → status 204, access-control-allow-headers with content-type',
    received,
    fault: 'preflight',
    at: AT,
  }
}

async function placesFault(client: Client): Promise<Report | undefined> {
  const listeners = Array.from({ length: PLACES }, () => client.get('/events', BEARER))
  await Promise.all(listeners.map((listener) => listener.headWithin(PATIENCE_MS)))
  const full = await fullFault(client)
  if (full) return full
  listeners[0]?.reset()
  const asked = await askWhenFree(client)
  const wrong = statusFault(asked, 200, `when one of ${PLACES} places is free`, 'barred')
  if (wrong) return wrong
  await hasBegun(asked)
  const more = await fullFault(client)
  if (more && !asked.exchange.over) return more // a quick model has given its place back by now
  asked.exchange.reset()
  for (let answers = 1; answers <= PLACES; answers++) {
    const next = await askWhenFree(client, 'Hello')
    const kept = statusFault(next, 200, 'when the answer before it has ended', 'kept')
    if (kept) return kept
    await complete(next)
  }
  return undefined
}

/** What is wrong with the answer to somebody who finds no place. */
async function fullFault(client: Client): Promise<Report | undefined> {
  const refused = await ask(client, promptOf('Hello', BEARER))
  if (!refused.exchange.over) refused.exchange.reset()
  const wrong = statusFault(refused, 503, `with MAX_STREAMS=${PLACES}, when all places are taken`, 'places')
  if (wrong || refused.head?.headers['retry-after'] !== undefined) return wrong
  const received = 'status 503, no retry-after header'
  return { expected: 'status 503, retry-after: 5', received, fault: 'places', at: AT }
}

/** Comes again where all places are taken: that a stream has ended is seen a little later. */
async function askWhenFree(client: Client, prompt = LONG_PROMPT): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answer = await ask(client, promptOf(prompt, BEARER))
    if (answer.head?.status !== 503 || tries === TRIES) return answer
    await delay(RETRY_MS)
  }
}
