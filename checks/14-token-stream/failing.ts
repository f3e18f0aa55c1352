/** What a client is told when the model fails in the middle of an answer. */
import type { Report } from '../support/failure.ts'
import { LearnerModule } from '../support/server/module.ts'
import type { CheckContext } from '../support/subject.ts'
import { eventsOf, fateOf } from '../support/traffic/events.ts'
import { seenInstead } from '../support/traffic/silence.ts'
import { visible } from '../wire/bytes.ts'
import { ask, complete, DONE, FAILING_PROMPT, lastOf, messagesIn, promptOf, tokenIn } from './answers.ts'

const WRITTEN = { call: 'write', path: '/completions' } as const

/** `event: error` without data, which a parser does not hand on. */
const BARE = /^event: ?error$/m

export async function judgeFailing(context: CheckContext): Promise<Report | undefined> {
  const answer = await ask(await context.connect(), promptOf(FAILING_PROMPT))
  await complete(answer)
  const { exchange, head } = answer
  const expected = 'event: error, and the end of the stream, when the model fails in the middle'
  if (!head) return { expected, ...seenInstead(exchange), fault: 'late' }
  if (head.status !== 200) return { expected, received: `status ${head.status}`, fault: 'late' }
  const events = eventsOf(exchange)
  const error = events.find(({ type }) => type === 'error')
  const last = events.at(-1)
  if (error) {
    if (last !== error)
      return {
        expected,
        received: `data: ${visible(last?.data ?? '')} behind it`,
        fault: 'more',
        at: WRITTEN,
      }
    if (exchange.ended) return undefined
    const received = exchange.over ? `event: error, and ${fateOf(exchange)}` : 'event: error, and no end'
    return { expected, received, fault: exchange.over ? 'cut' : 'open', at: WRITTEN }
  }
  if (BARE.test(exchange.text))
    return { expected, received: 'event: error without data', fault: 'bare', at: WRITTEN }
  if (last?.data === DONE) {
    const begun = await beginningOf(context)
    const text = messagesIn(answer)
      .map(({ data }) => tokenIn(data) ?? '')
      .join('')
    // A model of the learner's own does not know this prompt.
    if (begun === undefined || !text.startsWith(begun)) return undefined
    return { expected, received: 'data: [DONE], as if all were well', fault: 'done', at: WRITTEN }
  }
  const isCut = exchange.over && !exchange.ended
  const end = exchange.over ? fateOf(exchange) : 'no end'
  const received = isCut ? end : `${lastOf(answer).said}, and ${end}` // a reset may have thrown the last away
  return {
    expected,
    received,
    fault: exchange.ended ? undefined : isCut ? 'cut' : 'open',
    at: WRITTEN,
  }
}

/** What the model that the lesson gives says before it fails; undefined where it is not there, or does not fail. */
async function beginningOf(context: CheckContext): Promise<string | undefined> {
  const model = new LearnerModule('model.ts')
  try {
    const listen = `(async (text) => {
      try { for await (const token of generate('${FAILING_PROMPT}')) text += token } catch { return text }
    })('')`
    const [outcome] = await model.evaluate(context, [listen], { awaits: true })
    return outcome && 'value' in outcome ? String(outcome.value) : undefined
  } catch {
    return undefined // it has no such file
  } finally {
    await model.close()
  }
}
