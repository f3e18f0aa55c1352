/** Single requests, and what came back, as the checks of this lesson look at it. */
import type { OutgoingHttpHeaders } from 'node:http2'
import type { Body, Client } from '../support/client/client.ts'
import type { Exchange, Head } from '../support/client/exchange.ts'
import type { Report } from '../support/failure.ts'
import { seenInstead } from '../support/traffic/silence.ts'

/** How long an answer, or its end, is waited for, in milliseconds. A busy machine needs some of it. */
export const PATIENCE_MS = 3000

export interface Question {
  method?: string
  path: string
  headers?: OutgoingHttpHeaders
  body?: Body
  /** What is behind the path where a learner reads of it: `with another token`. */
  detail?: string
}

export interface Answered {
  /** As a learner reads it: `GET /events with origin: https://app.example`. */
  name: string
  path: string
  client: Client
  exchange: Exchange
  head?: Head
}

export const EVENTS: Question = { path: '/events' }
export const MESSAGE: Question = { method: 'POST', path: '/messages', body: 'A message' }

/** The headers that make a difference to who asks from a page. */
const SHOWN = ['origin', 'sec-fetch-site', 'access-control-request-method', 'access-control-request-headers']

/** Where a learner's own server listens when nobody says otherwise. */
const USUAL_HOST = 'localhost:8080'

/**
 * The command that asks the same, as far as it needs no token: a learner's server has another one, or none.
 *
 * @param own the origin of the server that was asked, in place of whose port the usual one stands
 */
export function curlFor({ method = 'GET', path, headers = {}, body }: Question, own = ''): string {
  const host = own ? new URL(own).host : USUAL_HOST
  const shown = SHOWN.filter((name) => headers[name]).map((name) => {
    return `-H '${name}: ${`${headers[name]}`.replace(host, USUAL_HOST)}'`
  })
  const how = method === 'HEAD' ? '-I' : body ? "--data 'hello'" : method === 'GET' ? '' : `-X ${method}`
  return ['curl -ikN --max-time 1', how, ...shown, `{origin}${path}`].filter(Boolean).join(' ')
}

/** A question that a page of this origin asks. */
export function from(origin: string, question: Question): Question {
  const detail = [`with origin: ${origin}`, question.detail].filter(Boolean).join(', ')
  return { ...question, headers: { ...question.headers, origin }, detail }
}

export async function ask(client: Client, question: Question): Promise<Answered> {
  const { method = 'GET', path, headers, body, detail } = question
  const exchange = client.request({ ...headers, ':method': method, ':path': path }, body)
  const head = await exchange.headWithin(PATIENCE_MS)
  return { name: [method, path, detail].filter(Boolean).join(' '), path, client, exchange, head }
}

export function askAll(client: Client, questions: readonly Question[]): Promise<Answered[]> {
  return Promise.all(questions.map((question) => ask(client, question)))
}

/** Takes back what was asked, where it still goes on. */
export function leave(answers: readonly Answered[]): void {
  for (const { exchange } of answers) if (!exchange.over) exchange.reset()
}

/** Whether an answer has come to its end, or does in time. A reset that takes back the rest of a body comes behind it. */
export async function hasEnded({ exchange }: Answered): Promise<boolean> {
  await exchange.until(({ ended, over }) => ended || over, PATIENCE_MS)
  return exchange.ended
}

/** What is wrong with the status of an answer, if anything. */
export function statusFault(answer: Answered, wanted: number): Report | undefined {
  if (answer.head?.status === wanted) return undefined
  return {
    expected: `${answer.name} → status ${wanted}`,
    ...(answer.head ? { received: received(answer) } : seenInstead(answer.exchange)),
    at: { call: 'respond', path: answer.path },
  }
}

/** An answer as a learner reads it, or what came in its place. */
export function received({ head, exchange }: Answered): string {
  return head ? `status ${head.status}` : seenInstead(exchange).received
}
