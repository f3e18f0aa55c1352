/** What pages of other origins may read: WHATWG Fetch § 3.3. */
import type { Report } from '../support/failure.ts'
import { show } from '../support/traffic/events.ts'
import {
  type Answered,
  ask,
  askAll,
  curlFor,
  EVENTS,
  from,
  leave,
  MESSAGE,
  type Question,
  statusFault,
} from './asking.ts'
import type { Guard } from './guard.ts'
import { ALLOWED, allowedBy, namesIn, permits, strangersOf } from './origins.ts'

const ALLOW_ORIGIN = 'access-control-allow-origin'
const ALLOW_CREDENTIALS = 'access-control-allow-credentials'
const ALLOW_HEADERS = 'access-control-allow-headers'

/** What a page sends beside what every page may: the token, and the last id. */
const SENT = ['authorization', 'last-event-id']

/** Pages of the allowed origins may read, with cookies. */
export async function judgeReadable({ client, shown }: Guard): Promise<Report | undefined> {
  const asked = ALLOWED.flatMap((origin) =>
    [EVENTS, MESSAGE].map(async (question) => {
      const answer = await ask(client, from(origin, { ...question, headers: shown }))
      return { origin, answer, status: question === EVENTS ? 200 : 204 }
    }),
  )
  const answers = await Promise.all(asked)
  leave(answers.map(({ answer }) => answer))
  for (const { origin, answer, status } of answers) {
    const wrong = statusFault(answer, status)
    if (wrong) return { ...wrong, fault: 'refused' }
    const unread = readFault(answer, origin)
    if (unread) return unread
  }
  return undefined
}

/** Why a browser keeps an answer from a page that sent its cookie along, if it does. */
function readFault(answer: Answered, origin: string): Report | undefined {
  const { name, path, head } = answer
  if (!head) return undefined
  const at = { call: 'respond', path } as const
  const allowed = allowedBy(head)
  if (allowed !== origin) {
    const fault = allowed === '*' ? 'star' : allowed?.includes(',') ? 'list' : undefined
    const expected = `${name} → ${ALLOW_ORIGIN}: ${origin}`
    return { expected, received: show(ALLOW_ORIGIN, allowed), fault, at }
  }
  const credentials = head.headers[ALLOW_CREDENTIALS]
  if (credentials === 'true') return undefined
  const expected = `${name} → ${ALLOW_CREDENTIALS}: true`
  return { expected, received: show(ALLOW_CREDENTIALS, credentials), fault: 'credentials', at }
}

/** Pages of no other origin may. */
export async function judgeStrangers({ client, server, shown }: Guard): Promise<Report | undefined> {
  const asked = strangersOf(server.origin).map(async (stranger) => ({
    ...stranger,
    answers: await askAll(client, [
      from(stranger.origin, { ...EVENTS, headers: shown }),
      from(stranger.origin, PREFLIGHTS[0]),
    ]),
  }))
  const strangers = await Promise.all(asked)
  leave(strangers.flatMap(({ answers }) => answers))
  for (const { origin, kind, answers } of strangers) {
    const permitted = answers.find(({ head }) => head && permits(head, origin))
    if (!permitted?.head) continue
    const { name, path, head } = permitted
    const allowed = allowedBy(head)
    return {
      expected: `${name} → no ${ALLOW_ORIGIN} that allows it`,
      received: show(ALLOW_ORIGIN, allowed),
      fault: allowed === '*' ? 'star' : kind === 'any' ? undefined : kind,
      at: { call: 'respond', path },
    }
  }
  return undefined
}

/** All answers of the two paths vary with the origin, whatever they say. */
export async function judgeVary({ client, shown }: Guard): Promise<Report | undefined> {
  const [origin = ''] = ALLOWED
  const questions: Question[] = [
    { ...EVENTS, headers: shown },
    from(origin, { ...EVENTS, headers: shown }),
    from('https://evil.example', { ...EVENTS, headers: shown }),
    { method: 'HEAD', path: '/events', headers: shown },
    { ...EVENTS, detail: 'without a token' },
    { method: 'PUT', path: '/events', headers: shown, body: '' },
    { ...MESSAGE, headers: shown },
    from('https://evil.example', { ...MESSAGE, headers: shown }),
    { ...MESSAGE, detail: 'without a token' },
    { path: '/messages', headers: shown },
    ...PREFLIGHTS.map((question) => from(origin, question)),
  ]
  const answers = await askAll(client, questions)
  leave(answers)
  const index = answers.findIndex(({ head }) => head && !varies(head.headers.vary))
  const [without, question] = [answers[index], questions[index]]
  if (!without?.head || !question) return undefined
  leave([await ask(client, question)]) // so that the last answer, whose place is looked up, is this one
  const { status, headers } = without.head
  return {
    expected: `${without.name} → vary: origin`,
    received: `status ${status}, ${show('vary', headers.vary)}`,
    fault: status >= 400 || status === 204 ? 'some' : undefined,
    try: curlFor(question),
    at: { call: 'respond', path: without.path },
  }
}

/** Whether caches are told to keep the answers to different origins apart. `*` says that everything matters. */
export function varies(vary: string | undefined): boolean {
  return namesIn(vary).some((name) => name === 'origin' || name === '*')
}

/** What a browser asks before it sends a request with such headers. It shows no token, whoever the page is. */
const PREFLIGHTS = (['POST /messages', 'GET /events'] as const).map((wanted): Question => {
  const [method, path = ''] = wanted.split(' ')
  const headers = {
    'access-control-request-method': method,
    'access-control-request-headers': SENT.join(','),
  }
  return { method: 'OPTIONS', path, headers }
}) as [Question, Question]

/** The preflight of an allowed origin is answered as it wants. */
export async function judgePreflight({ client }: Guard): Promise<Report | undefined> {
  for (const origin of ALLOWED) {
    for (const answer of await askAll(
      client,
      PREFLIGHTS.map((question) => from(origin, question)),
    )) {
      const wrong = preflightFault(answer, origin)
      if (wrong) return wrong
    }
  }
  return undefined
}

function preflightFault(answer: Answered, origin: string): Report | undefined {
  const { name, path, head } = answer
  const at = { call: 'respond', path } as const
  // Any status that is a success will do: WHATWG Fetch § 4.8.
  if (!head || head.status < 200 || head.status > 299) {
    const fault = head?.status === 401 || head?.status === 403 ? 'refused' : undefined
    return { ...statusFault(answer, 204), fault } as Report
  }
  const unread = readFault(answer, origin)
  if (unread) return { ...unread, fault: unread.fault === 'star' ? 'star' : 'origin' }
  const names = namesIn(head.headers[ALLOW_HEADERS])
  const missing = SENT.find((header) => !names.includes(header))
  if (missing === undefined) return undefined
  const expected = `${name} → ${ALLOW_HEADERS} with ${missing}`
  const fault = names.includes('*') ? 'star' : 'headers'
  return { expected, received: show(ALLOW_HEADERS, head.headers[ALLOW_HEADERS]), fault, at }
}
