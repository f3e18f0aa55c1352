/** Answers to prompts, as a client of the server gets them. */
import type { OutgoingHttpHeaders } from 'node:http2'
import type { Body, Client } from '../support/client/client.ts'
import type { Exchange, Head } from '../support/client/exchange.ts'
import { eventsOf, type TimedEvent } from '../support/traffic/events.ts'
import { visible } from '../wire/bytes.ts'
import { type Block, readWire } from '../wire/read.ts'

/** How long the next bytes of an answer are waited for, in milliseconds. A busy machine needs some of it. */
export const PATIENCE_MS = 3000

/** How long all of an answer may take, in milliseconds: a model of the learner's own may think for longer. */
const ANSWER_MS = 12_000

export const DONE = '[DONE]'

/** With the model that the lesson gives, a word of this length takes a long time to be repeated. */
export const LONG_PROMPT = `Repeat ${'x'.repeat(12_000)}`

export const FAILING_PROMPT = 'Please fail'

export interface Question {
  /** As a learner reads it: `{"prompt":"Hello"}`. */
  name: string
  body: Body
  headers?: OutgoingHttpHeaders
}

export interface Answer {
  question: Question
  exchange: Exchange
  head?: Head
}

export function promptOf(prompt: string, headers?: OutgoingHttpHeaders): Question {
  const body = JSON.stringify({ prompt })
  return { name: body, body, headers }
}

export function send(client: Client, question: Question): Answer {
  const { body, headers } = question
  const head = { ':method': 'POST', ':path': '/completions', 'content-type': 'application/json' }
  const exchange = client.request({ ...head, ...headers }, body)
  eventsOf(exchange) // from now on, each has its time
  return { question, exchange }
}

/** Sends a prompt, and waits for the head of the answer. */
export async function ask(client: Client, question: Question): Promise<Answer> {
  const answer = send(client, question)
  return { ...answer, head: await answer.exchange.headWithin(PATIENCE_MS) }
}

/** Waits until an answer has come to its end, or nothing more of it comes. */
export async function complete({ exchange }: Pick<Answer, 'exchange'>): Promise<void> {
  const end = performance.now() + ANSWER_MS
  while (!exchange.over && performance.now() < end) {
    const { length } = exchange.chunks
    const isMore = await exchange.until(({ chunks, over }) => over || chunks.length > length, PATIENCE_MS)
    if (!isMore) return
  }
}

/** The messages of an answer: events without a name. */
export function messagesIn({ exchange }: Pick<Answer, 'exchange'>): TimedEvent[] {
  return eventsOf(exchange).filter(({ type }) => type === 'message')
}

/** What came last in an answer, as a learner reads it: `event: done, data: bye`. */
export function lastOf({ exchange }: Pick<Answer, 'exchange'>): { said: string; isFinished: boolean } {
  const fieldsOf = ({ lines }: Block) => lines.filter(({ kind }) => kind === 'field')
  const block = readWire(exchange.bytes).blocks.findLast((block) => fieldsOf(block).length > 0)
  if (!block) return { said: 'nothing', isFinished: true }
  const said = fieldsOf(block).map(({ text }) => visible(text).trimEnd())
  const { finished } = block
  return { said: said.join(', ') + (finished ? '' : ' without a blank line'), isFinished: finished }
}

/** The token in the data of a message; undefined when it has none. */
export function tokenIn(data: string): string | undefined {
  try {
    const { token } = JSON.parse(data)
    return typeof token === 'string' ? token : undefined
  } catch {
    return undefined
  }
}

/** Waits until the first token of an answer is there. */
export function hasBegun({ exchange }: Pick<Answer, 'exchange'>): Promise<boolean> {
  return exchange.until(
    () => messagesIn({ exchange }).some(({ data }) => tokenIn(data) !== undefined),
    PATIENCE_MS,
  )
}
