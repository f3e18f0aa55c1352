import { authorityOf, type Client } from '../support/client/client.ts'
import { errorName } from '../support/client/error-codes.ts'
import { Exchange } from '../support/client/exchange.ts'
import { lesson } from '../support/lesson.ts'
import { firstLine, hasStackTrace, runProgram } from '../support/server/program.ts'
import type { Call } from '../support/server/types.ts'
import { breakConnection, settle, stalledClient, standsStill, survives } from '../support/traffic/abuse.ts'
import { mediaType } from '../support/traffic/events.ts'
import { seenInstead } from '../support/traffic/silence.ts'
import { takeBack } from '../support/traffic/take-back.ts'
import manifest from './manifest.ts'
import { resetsStream } from './tries.ts'

/** A short answer has come and ended by then, in milliseconds, also on a busy machine. */
const ANSWER_MS = 3000

/** How long a server may take to find out that its port is in use, in milliseconds. */
const START_MS = 5000

/** How long an answer to an odd request is waited for, in milliseconds. It may be any, or none. */
const ODD_MS = 500

/** Paths of which no server has a page. The last ends as the right one does. */
const STRANGE = ['/nothing-here', '/nothing/here/', '/nothing-here?from=/']

/** Paths that `new URL()` or `decodeURIComponent()` throw at, names that every object has, and some that are only ugly. */
const ODD = [
  '//',
  '//[',
  '/%',
  '/%E0%A4%A',
  '/constructor',
  '/__proto__',
  '/../..',
  '/é',
  `/${'x'.repeat(4000)}`,
]

/** Error codes with which clients reset a stream: RFC 9113 § 7. */
const CODES = [1, 2, 7, 11]
const INTERNAL_ERROR = 2
const CANCEL = 8

/** What clients ask for and take back in the middle of it: whatever the answer is, with whatever code for the first. */
const TAKEN_BACK = [
  ...CODES.map((code) => ({ method: 'GET', path: '/', code })),
  { method: 'GET', path: '/nothing-here', code: INTERNAL_ERROR },
  { method: 'HEAD', path: '/', code: INTERNAL_ERROR },
  { method: 'POST', path: '/', code: INTERNAL_ERROR },
]

/** What clients take back before anyone could answer. */
const AT_ONCE = [
  { method: 'GET', path: '/', code: CANCEL },
  { method: 'GET', path: '/nothing-here', code: CANCEL },
  { method: 'HEAD', path: '/', code: CANCEL },
]

/** Where the learner's code answers /. */
const HOME: Call = { call: 'respond', path: '/' }

const { checks } = manifest

await lesson(manifest, (check) => {
  check('home', async (context) => {
    const client = await context.connect()
    const expected = 'GET / → status 200'
    const answers = ['/', '/', '/'].map((path) => client.get(path))
    await Promise.all(answers.map((answer) => answer.headWithin(ANSWER_MS)))
    for (const answer of answers) {
      const head = await answer.headWithin(0)
      if (head?.status === 200) continue
      if (!head) return context.fail({ expected, ...seenInstead(answer), fault: 'silent', at: HOME })
      context.fail({ expected, received: `status ${head.status}`, at: HOME })
    }
  })

  check('text', async (context) => {
    const client = await context.connect()
    const { headers } = await client.get('/').head
    const type = headers['content-type']
    if (mediaType(type) === 'text/plain') return
    context.fail({
      expected: 'content-type: text/plain',
      received: `content-type: ${type ?? '(none)'}`,
      at: HOME,
    })
  })

  check('greeting', async (context) => {
    const client = await context.connect()
    const answer = client.get('/')
    const over = await answer.until(({ over }) => over, ANSWER_MS)
    const expected = 'a body, and its end'
    if (!over) context.fail({ expected, received: `${answer.bytes.length} bytes, and no end`, at: HOME })
    const received = 'a reset in place of the end'
    if (!answer.ended) context.fail({ expected, received, fault: 'cut', at: HOME })
    if (answer.bytes.length === 0) context.fail({ expected, received: 'no bytes', fault: 'empty', at: HOME })
  })

  check('not-found', async (context) => {
    const client = await context.connect()
    for (const path of STRANGE) {
      const expected = `GET ${path} → status 404`
      const answer = client.get(path)
      const head = await answer.headWithin(ANSWER_MS)
      const at: Call = { call: 'respond', path }
      if (!head) return context.fail({ expected, ...seenInstead(answer), fault: 'open', at })
      if (head.status !== 404) context.fail({ expected, received: `status ${head.status}`, at })
      const over = await answer.until(({ over }) => over, ANSWER_MS)
      if (!over) context.fail({ expected, received: 'status 404, and no end', fault: 'open', at })
    }
  })

  check('query', async (context) => {
    const client = await context.connect()
    for (const path of ['/?x=1', '/?', '/?from=/nothing-here?']) {
      const answer = client.get(path)
      const head = await answer.headWithin(ANSWER_MS)
      if (head?.status === 200) continue
      context.fail({
        expected: `GET ${path} → status 200, as for /`,
        ...(head ? { received: `status ${head.status}` } : seenInstead(answer)),
        at: { call: 'respond', path },
      })
    }
  })

  check('head', async (context) => {
    const client = await context.connect()
    const answer = client.request({ ':method': 'HEAD' })
    await survives(context, checks.head, async () => {
      await answer.until(({ over }) => over, ANSWER_MS)
      return 'HEAD /'
    })
    if (answer.ended) return
    const head = await answer.headWithin(0)
    context.fail({
      expected: 'HEAD / → the head of an answer, and its end',
      ...(head ? { received: `status ${head.status}, and no end` } : seenInstead(answer)),
      fault: 'silent',
      at: HOME,
    })
  })

  check('odd-paths', async (context) => {
    const client = await context.connect()
    await survives(context, checks['odd-paths'], async () => {
      for (const path of ODD) {
        const exchange = client.get(path)
        await exchange.headWithin(ODD_MS)
        if (exchange.lost) return `GET ${path}`
      }
      return 'requests for odd paths'
    })
    await survives(context, checks['odd-paths'].faults.none, async () => {
      const request = { ':method': 'CONNECT', ':authority': 'localhost:1' }
      const exchange = new Exchange(client.session.request(request), '')
      await exchange.headWithin(ODD_MS)
      return 'CONNECT, which has no path'
    })
  })

  check('resets', async (context) => {
    let client = await stalledClient(context)
    let isLeaving = false
    await survives(context, checks.resets, async () => {
      for (const { method, path, code } of TAKEN_BACK) {
        // A server may end a connection gently after any number of requests, as nginx does: RFC 9113 § 6.8.
        if (isLeaving) client = await stalledClient(context)
        const exchange = openRequest(client, context.origin, method, path)
        await standsStill(exchange)
        await settle(client)
        isLeaving = client.session.closed && !client.session.destroyed
        exchange.reset(code)
        await settle(client)
        const deed = `a client resets the stream of ${method} ${path} with code ${code} (${errorName(code)})`
        if (client.session.closed && !isLeaving) return { deed, try: resetsStream(method, path, code) }
      }
      return 'a client resets its streams'
    })
    if (client.session.closed && !isLeaving) {
      const expected = 'a connection that stays when one of its streams is reset'
      context.fail({ expected, received: 'the end of the connection', fault: 'session' })
    }
    await survives(context, checks.resets.faults.late, async () => {
      await takeBack(context, AT_ONCE)
      return 'a client resets its stream at once'
    })
  })

  check('drops', async (context) => {
    const deed = 'a connection breaks in the middle of an answer'
    await survives(context, checks.drops, async () => {
      await breakConnection(context)
      return deed
    })
    await survives(context, checks.drops, async () => {
      const client = await stalledClient(context)
      await standsStill(client.get('/'))
      client.destroy()
      return deed
    })
  })

  check('port-in-use', async (context) => {
    const { port } = context.shared ?? {}
    const ran = await runProgram(context, { PORT: String(port) }, START_MS)
    const { exit, listening, output } = ran
    const expected = `one line that names port ${port}, and exit code 1`
    if (!exit) {
      const received = listening ? `a server on port ${listening}` : 'a program that goes on running'
      return context.fail({ expected, received, fault: 'running' })
    }
    if (exit.crash || hasStackTrace(output)) {
      return context.fail({
        expected,
        received: `a stack trace, and exit code ${exit.code}`,
        at: exit.crash?.at,
      })
    }
    if (exit.code !== 1) context.fail({ expected, received: `exit code ${exit.code}`, fault: 'exit-code' })
    if (output.includes(String(port))) return
    context.fail({ expected, received: `exit code 1, and this line: ${firstLine(output)}`, fault: 'unclear' })
  })
})

/** A request that a body may follow, so that its stream is open on our side too: an answer to HEAD has nothing to hold. */
function openRequest(client: Client, origin: string, method: string, path: string): Exchange {
  const head = { ':method': method, ':authority': authorityOf(origin), ':path': path }
  return new Exchange(client.session.request(head, { endStream: method === 'GET' }), path)
}
