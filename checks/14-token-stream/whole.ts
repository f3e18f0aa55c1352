/** Whole answers: what opens, which tokens come, when they come, and how it ends. */
import type { Report } from '../support/failure.ts'
import type { CheckContext } from '../support/subject.ts'
import { eventsOf, fateOf, mediaType, show } from '../support/traffic/events.ts'
import { seenInstead } from '../support/traffic/silence.ts'
import { visible } from '../wire/bytes.ts'
import {
  type Answer,
  ask,
  complete,
  DONE,
  lastOf,
  messagesIn,
  promptOf,
  type Question,
  tokenIn,
} from './answers.ts'

const WRITTEN = { call: 'write', path: '/completions' } as const
const OPENED = { call: 'respond', path: '/completions' } as const

/** Three at once: each has to get an answer of its own. */
const QUESTIONS: Question[] = [
  promptOf('Hello'),
  inPieces('{ "model": "small",\n  "prompt": "A wave: 👋🏽" }'),
  { ...promptOf('How are you?'), headers: { 'content-type': 'text/plain' } },
]

/** How often an answer is asked for that came all at once. On a busy machine it is the client that reads late. */
const TRIES = 3

/** An answer that took less than this, in milliseconds, may well have come at once. */
const QUICK_MS = 60

function inPieces(text: string): Question {
  const bytes = Buffer.from(text)
  const cut = bytes.indexOf(0xf0) + 2 // in the middle of the emoji
  return { name: `${text}, in two pieces`, body: [bytes.subarray(0, cut), bytes.subarray(cut)] }
}

/** An answer, and how it had ended before its client went. */
interface WholeAnswer extends Answer {
  end: 'ended' | 'cut' | 'open'
  /** As a learner reads it. */
  fate: string
}

function endOf({ exchange }: Answer): Pick<WholeAnswer, 'end' | 'fate'> {
  if (!exchange.over) return { end: 'open', fate: 'no end' }
  return { end: exchange.ended ? 'ended' : 'cut', fate: fateOf(exchange) }
}

/** Asks, and reads the answers to their end. */
export async function readAnswers(context: CheckContext): Promise<WholeAnswer[]> {
  const client = await context.connect()
  const answers = await Promise.all(QUESTIONS.map((question) => ask(client, question)))
  await Promise.all(answers.map(complete))
  return answers.map((answer) => ({ ...answer, ...endOf(answer) }))
}

export function judgeOpens(answers: readonly WholeAnswer[]): Report | undefined {
  for (const { question, exchange, head } of answers) {
    const expected = `POST /completions with ${question.name} → status 200, content-type: text/event-stream`
    if (!head) return { expected, ...seenInstead(exchange), at: OPENED }
    const type = head.headers['content-type']
    if (head.status !== 200 || mediaType(type) !== 'text/event-stream') {
      return { expected, received: `status ${head.status}, ${show('content-type', type)}`, at: OPENED }
    }
    const length = head.headers['content-length']
    if (length === undefined) continue
    return {
      expected: 'an answer without content-length',
      received: `content-length: ${length}`,
      fault: 'length',
      at: OPENED,
    }
  }
  return undefined
}

export function judgeTokens(answers: readonly WholeAnswer[]): Report | undefined {
  for (const answer of answers) {
    const events = eventsOf(answer.exchange)
    const expected = 'data: {"token":"…"}, one message for each token'
    const named = events.find(({ type, data }) => type !== 'message' && tokenIn(data) !== undefined)
    if (named) return { expected, received: `event: ${visible(named.type)}`, fault: 'named', at: WRITTEN }
    const broken = events.find(({ type }) => type === 'error')
    if (broken)
      return {
        expected,
        received: `event: error, data: ${visible(broken.data)}`,
        fault: 'error',
        at: WRITTEN,
      }
    const all = messagesIn(answer)
    const messages = all.filter(({ data }) => data !== DONE)
    const isDone = messages.length < all.length
    // Where [DONE] is missing, the last of several may be meant for it: told by another check.
    const mayBeLast = (i: number) => !isDone && i > 0 && i === messages.length - 1
    const other = messages.find(({ data }, i) => tokenIn(data) === undefined && !mayBeLast(i))
    if (other) {
      return {
        expected,
        received: `data: ${visible(other.data)}`,
        fault: isJson(other.data) ? 'shape' : 'json',
        at: WRITTEN,
      }
    }
    if (messages.length === 0) return { expected, received: noMessage(answer), fault: 'none', at: WRITTEN }
    if (messages.some(({ data }) => tokenIn(data)?.includes('\uFFFD'))) {
      return {
        expected: 'whole characters in each token',
        received: 'a token with U+FFFD, a character that was lost',
        fault: 'torn',
        at: WRITTEN,
      }
    }
  }
  return undefined
}

function noMessage({ exchange: { text }, fate }: WholeAnswer): string {
  return text === '' ? `nothing, and ${fate}` : `no event in ${visible(text.slice(0, 60))}`
}

function isJson(data: string): boolean {
  try {
    JSON.parse(data)
    return true
  } catch {
    return false
  }
}

/** Tokens come while there are more to come. A model that has all of them at once is let through. */
export async function judgeLive(
  context: CheckContext,
  answers: readonly WholeAnswer[],
): Promise<Report | undefined> {
  let answer: Answer = answers[0] as WholeAnswer
  for (let tries = 1; ; tries++) {
    const [first, last] = [messagesIn(answer)[0], messagesIn(answer).at(-1)]
    if (!first || !last || last.at < QUICK_MS || first.at < last.at / 2) return undefined
    if (tries === TRIES) {
      const received = `the first after ${Math.round(first.at)} ms, and the last after ${Math.round(last.at)} ms`
      return { expected: 'tokens that come as the model makes them', received, at: WRITTEN }
    }
    answer = await ask(await context.connect(), promptOf('Hello'))
    await complete(answer)
  }
}

/** What came in place of [DONE]. */
function missingFault(answer: WholeAnswer): string | undefined {
  if (messagesIn(answer).some(({ data }) => tokenIn(data)?.includes(DONE))) return 'token'
  if (!lastOf(answer).isFinished) return 'unfinished'
  const last = eventsOf(answer.exchange).at(-1)
  return last && (last.type !== 'message' || tokenIn(last.data) === undefined) ? 'other' : undefined
}

export function judgeDone(answers: readonly WholeAnswer[]): Report | undefined {
  for (const answer of answers) {
    const { end, fate } = answer
    const messages = messagesIn(answer)
    const at = messages.findIndex(({ data }) => data === DONE)
    if (end === 'cut') {
      return {
        expected: 'data: [DONE], and then the end of the stream',
        received: fate,
        fault: 'cut',
        at: WRITTEN,
      }
    }
    const expected = 'data: [DONE] behind the last token'
    if (at < 0) {
      return {
        expected,
        received: `${lastOf(answer).said}, and ${fate}`,
        fault: missingFault(answer),
        at: WRITTEN,
      }
    }
    if (at < messages.length - 1) {
      const received = `data: ${visible(messages[at + 1]?.data ?? '')} behind it`
      return { expected: 'data: [DONE], and nothing more', received, fault: 'more', at: WRITTEN }
    }
    if (end === 'ended') continue
    const received = 'a stream that stays open'
    return { expected: 'data: [DONE], and then the end of the stream', received, fault: 'open', at: WRITTEN }
  }
  return undefined
}
