/** Bodies that hold no prompt. */
import type { Report } from '../support/failure.ts'
import type { CheckContext } from '../support/subject.ts'
import { seenInstead } from '../support/traffic/silence.ts'
import { type Answer, ask, PATIENCE_MS, promptOf } from './answers.ts'

const NO_PROMPT = [
  'Hello',
  '',
  '{"prompt":"Hello"',
  '{}',
  '{"Prompt":"Hello"}',
  '{"prompt":null}',
  '{"prompt":7}',
  '{"prompt":["Hello"]}',
  '{"prompt":{"text":"Hello"}}',
  'null',
  '"Hello"',
  '7',
  '[]',
]

const AT = { call: 'respond', path: '/completions' } as const

export async function judgeBodies(context: CheckContext): Promise<Report | undefined> {
  const client = await context.connect()
  const asked = NO_PROMPT.map((body) => ask(client, { name: body === '' ? 'no body' : body, body }))
  const answers = await Promise.all(asked)
  for (const answer of answers) {
    const { question, exchange, head } = answer
    const expected = `POST /completions with ${question.name} → status 400`
    if (!head) {
      const fault = exchange.over ? undefined : 'silent'
      return leave(answers, { expected, ...seenInstead(exchange), fault, at: AT })
    }
    if (head.status !== 400)
      return leave(answers, {
        expected,
        received: `status ${head.status}`,
        fault: faultOf(question.body),
        at: AT,
      })
    await exchange.until(({ ended, over }) => ended || over, PATIENCE_MS)
    if (!exchange.ended)
      return leave(answers, {
        expected: `${expected}, and its end`,
        received: 'status 400, and no end',
        fault: 'open',
        at: AT,
      })
  }
  const next = await ask(client, promptOf('Hello'))
  if (next.head?.status === 200) return leave([next], undefined)
  const received = next.head ? `status ${next.head.status}` : seenInstead(next.exchange).received
  return { expected: 'status 200 for a good prompt after these', received, fault: 'after', at: AT }
}

/** What is JSON and still has no prompt is another mistake than what is none. */
function faultOf(body: unknown): 'kind' | undefined {
  try {
    JSON.parse(String(body))
    return 'kind'
  } catch {
    return undefined
  }
}

function leave(answers: readonly Answer[], report: Report | undefined): Report | undefined {
  for (const { exchange } of answers) if (!exchange.over) exchange.reset()
  return report
}
