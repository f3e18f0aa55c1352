/** What /messages answers to those who ask it. */
import type { Call } from '../support/server/types.ts'
import type { CheckContext } from '../support/subject.ts'
import { show } from '../support/traffic/events.ts'
import { seenInstead } from '../support/traffic/silence.ts'

/** A short answer has come by then, and has ended after as long again, in milliseconds, also on a busy machine. */
const ANSWER_MS = 3000

/** With and without a query, which does not change the route. */
const PATHS = ['/messages', '/messages?from=here']

/** A message is taken: status 204, and the end of the answer. */
export async function checkTaken(context: CheckContext): Promise<void> {
  for (const path of PATHS) {
    const client = await context.connect()
    const expected = `POST ${path} → status 204`
    const at: Call = { call: 'respond', path }
    const head = { ':method': 'POST', ':path': path }
    const exchange = client.request(head, 'A message before all others')
    const { status } = (await exchange.headWithin(ANSWER_MS)) ?? {}
    if (status === undefined) return context.fail({ expected, ...seenInstead(exchange), fault: 'silent', at })
    if (status !== 204)
      context.fail({ expected, received: `status ${status}`, fault: faultOf(path, status), at })
    if (await exchange.until(({ over }) => over, ANSWER_MS)) continue
    context.fail({ expected, received: 'status 204, and no end', fault: 'open', at })
  }
}

function faultOf(path: string, status: number): 'query' | 'refused' | undefined {
  if (path !== PATHS[0]) return 'query'
  return status === 404 || status === 405 ? 'refused' : undefined
}

/** Other methods are refused: status 405, the method that is right, and the end of the answer. */
export async function checkRefused(context: CheckContext): Promise<void> {
  const at: Call = { call: 'respond', path: '/messages' }
  for (const method of ['GET', 'PUT', 'DELETE', 'HEAD']) {
    const client = await context.connect()
    const expected = `${method} /messages → status 405, allow: POST`
    const exchange = client.request({ ':method': method, ':path': '/messages' })
    const answer = await exchange.headWithin(ANSWER_MS)
    if (!answer) return context.fail({ expected, ...seenInstead(exchange), fault: 'open', at })
    const { status, headers } = answer
    if (status !== 405) context.fail({ expected, received: `status ${status}`, at })
    const allowed = headers.allow?.split(',').map((name) => name.trim()) ?? []
    if (!allowed.includes('POST') || allowed.includes(method)) {
      const received = `status 405, ${show('allow', headers.allow)}`
      context.fail({ expected, received, fault: 'allow', at })
    }
    if (await exchange.until(({ over }) => over, ANSWER_MS)) continue
    context.fail({ expected, received: 'status 405, and no end', fault: 'open', at })
  }
}
