/** What /messages answers to those who ask it. */
import type { Call } from '../support/server/types.ts'
import type { CheckContext } from '../support/subject.ts'
import { answerTo, show } from '../support/traffic/events.ts'

/** How long the end of a short answer is waited for, in milliseconds. */
const END_MS = 2000

/** With and without a query, which does not change the route. */
const PATHS = ['/messages', '/messages?from=here']

/** A message is taken: status 204, and the end of the answer. */
export async function checkTaken(context: CheckContext): Promise<void> {
  for (const path of PATHS) {
    const client = await context.connect()
    const expected = `POST ${path} → status 204`
    const at: Call = { call: 'respond', path }
    const head = { ':method': 'POST', ':path': path }
    const answer = await answerTo(() => client.request(head, 'A message before all others'))
    if (!answer.head) return context.fail({ expected, ...answer.seen, fault: 'silent', at })
    const { status } = answer.head
    const fault = path === PATHS[0] ? undefined : 'query'
    if (status !== 204) context.fail({ expected, received: `status ${status}`, fault, at })
    if (await answer.exchange.until(({ over }) => over, END_MS)) continue
    context.fail({ expected, received: 'status 204, and no end', fault: 'open', at })
  }
}

/** Other methods are refused: status 405, the method that is right, and the end of the answer. */
export async function checkRefused(context: CheckContext): Promise<void> {
  const at: Call = { call: 'respond', path: '/messages' }
  for (const method of ['GET', 'PUT', 'DELETE', 'HEAD']) {
    const client = await context.connect()
    const expected = `${method} /messages → status 405, allow: POST`
    const answer = await answerTo(() => client.request({ ':method': method, ':path': '/messages' }))
    if (!answer.head) return context.fail({ expected, ...answer.seen, fault: 'open', at })
    const { status, headers } = answer.head
    if (status !== 405) context.fail({ expected, received: `status ${status}`, at })
    const allowed = headers.allow?.split(',').map((name) => name.trim()) ?? []
    if (!allowed.includes('POST') || allowed.includes(method)) {
      const received = `status 405, ${show('allow', headers.allow)}`
      context.fail({ expected, received, fault: 'allow', at })
    }
    if (await answer.exchange.until(({ over }) => over, END_MS)) continue
    context.fail({ expected, received: 'status 405, and no end', fault: 'open', at })
  }
}
