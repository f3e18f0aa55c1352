/** The token: who has it is let in, and nobody else. */
import type { OutgoingHttpHeaders } from 'node:http2'
import type { Report } from '../support/failure.ts'
import { textsOf } from '../support/traffic/audience.ts'
import { askAll, EVENTS, hasEnded, leave, MESSAGE, type Question, received, statusFault } from './asking.ts'
import { BEARER, COOKIE, type Guard, post, TOKEN } from './guard.ts'

const SECRET = 'Without a token'

interface Way {
  detail: string
  headers?: OutgoingHttpHeaders
  query?: string
  fault?: 'query' | 'name'
}

/** How somebody comes who has not shown the token where it belongs. */
const WITHOUT: Way[] = [
  { detail: 'without a token' },
  { detail: 'with the token in the address', query: `?token=${encodeURIComponent(TOKEN)}`, fault: 'query' },
  { detail: `with cookie: xtoken=${TOKEN}`, headers: { cookie: `xtoken=${TOKEN}` }, fault: 'name' },
  { detail: `with cookie: a=token=${TOKEN}`, headers: { cookie: `a=token=${TOKEN}` }, fault: 'name' },
]

export async function judgeToken(guard: Guard): Promise<Report | undefined> {
  const questions = WITHOUT.flatMap(({ query = '', ...way }) =>
    [EVENTS, { ...MESSAGE, body: SECRET }].map((question) => {
      return { ...question, ...way, path: question.path + query } as Question & Way
    }),
  )
  return judgeRefused(guard, questions)
}

const WITH: Way[] = [
  { detail: 'with the token as a bearer', headers: BEARER },
  { detail: 'with the token as a cookie', headers: COOKIE },
  { detail: 'with two more cookies', headers: { cookie: `theme=dark; token=${TOKEN}; lang=en` } },
  // A browser sends each cookie in a field of its own, so that they are compressed better: RFC 9113 § 8.2.3.
  { detail: 'with two cookies, in two fields', headers: { cookie: ['theme=dark', `token=${TOKEN}`] } },
]

export async function judgeAccepted({ client }: Guard): Promise<Report | undefined> {
  for (const { detail, headers } of WITH) {
    const answers = await askAll(
      client,
      [EVENTS, MESSAGE].map((question) => ({ ...question, detail, headers })),
    )
    leave(answers)
    const [events, message] = answers as [(typeof answers)[0], (typeof answers)[0]]
    const wrong = statusFault(events, 200) ?? statusFault(message, 204)
    const fault = 'cookie' in (headers ?? {}) ? 'cookie' : undefined
    if (wrong) return { ...wrong, fault: events.head || message.head ? fault : 'silent' }
  }
  return undefined
}

/** What is not the token: shorter, longer, and as long; the last has fewer characters than bytes. */
const GUESSES = [
  '',
  'x',
  TOKEN.slice(0, -1),
  TOKEN.slice(0, 5),
  `${TOKEN}x`,
  `${TOKEN}${TOKEN}`,
  `${TOKEN.slice(0, -3)}C==`,
  TOKEN.toLowerCase(),
  'x'.repeat(TOKEN.length),
  'x'.repeat(5000),
  'é'.repeat(TOKEN.length),
  'é'.repeat(TOKEN.length / 2),
]

export async function judgeGuesses(guard: Guard): Promise<Report | undefined> {
  const { client, server } = guard
  const questions = GUESSES.flatMap((guess) => {
    const { length } = Buffer.from(guess, 'latin1')
    const detail = `with a wrong token of ${length} ${length === 1 ? 'byte' : 'bytes'}`
    return [{ authorization: `Bearer ${guess}` }, { cookie: `token=${guess}` }].map((headers) => {
      return { ...EVENTS, headers, detail }
    })
  })
  const wrong = await judgeRefused(guard, questions)
  if (wrong) return wrong.fault === undefined && !client.session.closed ? { ...wrong, fault: 'taken' } : wrong
  const { crash } = server
  if (!crash) return undefined
  const message = `${crash.name}: ${crash.message.split('\n')[0]}`
  return {
    expected: '401 for each wrong token, and no error',
    received: message,
    fault: 'uncaught',
    at: crash.at,
  }
}

/** Each of the questions gets a 401 with its end, and no message goes out. */
async function judgeRefused(
  guard: Guard,
  questions: readonly (Question & Pick<Way, 'fault'>)[],
): Promise<Report | undefined> {
  const answers = await askAll(guard.client, questions)
  for (const [i, answer] of answers.entries()) {
    const wrong = statusFault(answer, 401)
    if (wrong) {
      leave(answers)
      return { ...wrong, fault: answer.head ? questions[i]?.fault : 'silent' }
    }
    if (await hasEnded(answer)) continue
    return {
      expected: `${answer.name} → status 401, and its end`,
      received: `${received(answer)}, and no end`,
      fault: 'open',
    }
  }
  await post(guard, 'After those without a token')
  if (!textsOf(guard.listener).includes(SECRET)) return undefined
  return {
    expected: 'no message of somebody without a token',
    received: `status 401, and data: ${SECRET}`,
    fault: 'sent',
  }
}

/** The page is there for everyone: somebody who has no token yet has to get it somewhere. */
export async function judgeHome({ client }: Guard): Promise<Report | undefined> {
  const questions: Question[] = [
    { path: '/', detail: 'without a token' },
    { path: '/', detail: 'from a page of another origin', headers: { origin: 'https://evil.example' } },
  ]
  for (const answer of await askAll(client, questions)) {
    const wrong = statusFault(answer, 200)
    if (wrong) return wrong
  }
  return undefined
}
