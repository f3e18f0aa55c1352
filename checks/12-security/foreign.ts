/** Messages that pages of other origins send. What the browser keeps from them is the answer, and no more. */
import type { OutgoingHttpHeaders } from 'node:http2'
import type { Client } from '../support/client/client.ts'
import type { Report } from '../support/failure.ts'
import { haveReceived, type Listener, textsOf } from '../support/traffic/audience.ts'
import { ask, curlFor, from, MESSAGE, type Question, statusFault } from './asking.ts'
import { strangersOf } from './origins.ts'

/** Who sends, and who listens. */
interface Stage {
  client: Client
  listener: Listener
  /** The server's own origin, and those that it allows. */
  own: string
  allowed: readonly string[]
  /** What shows the token, where one is wanted. */
  shown?: OutgoingHttpHeaders
}

/** Those who may send are heard, the others are refused, and nobody hears of them. */
export async function judgeForeign({
  client,
  listener,
  own,
  allowed,
  shown,
}: Stage): Promise<Report | undefined> {
  const posted = (text: string): Question => ({ ...MESSAGE, headers: shown, body: text })
  const welcome = [
    {
      text: 'From a page of your own',
      fault: 'own',
      question: from(own, { ...posted(''), headers: { ...shown, 'sec-fetch-site': 'same-origin' } }),
    },
    { text: 'From no page at all', fault: 'program', question: { ...posted(''), detail: 'with no origin' } },
    ...allowed.map((origin) => {
      return { text: `From ${origin}`, fault: 'allowed', question: from(origin, posted('')) }
    }),
  ]
  const sent = strangersOf(own).map(async ({ origin, kind, site }) => {
    const text = `From ${origin}`
    const headers = { ...shown, ...(site && { 'sec-fetch-site': site }) }
    const question = from(origin, { ...posted(text), headers })
    return { text, kind, answer: await ask(client, question), command: curlFor(question, own) }
  })
  const strangers = await Promise.all(sent)
  for (const { text, fault, question } of welcome) {
    const wrong = statusFault(await ask(client, { ...question, body: text }), 204)
    if (wrong) return { ...wrong, fault }
  }
  const texts = welcome.map(({ text }) => text)
  if (!(await haveReceived([listener], texts))) {
    const missing = texts.find((text) => !textsOf(listener).includes(text))
    return { expected: `data: ${missing}`, received: 'no such message', fault: 'allowed' }
  }
  const heard = textsOf(listener)
  for (const { text, kind, answer, command } of strangers) {
    const wrong = statusFault(answer, 403)
    const isHeard = heard.includes(text)
    const fault = kind === 'any' ? undefined : kind
    if (wrong)
      return {
        ...wrong,
        received: isHeard ? `${wrong.received}, and the message for everyone` : wrong.received,
        fault,
        try: command,
      }
    if (isHeard)
      return {
        expected: `${answer.name} → no message`,
        received: `status 403, and data: ${text}`,
        fault: 'sent',
        try: command,
      }
  }
  return undefined
}
