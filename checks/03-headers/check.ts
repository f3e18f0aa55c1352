import { lesson } from '../support/lesson.ts'
import { once } from '../support/once.ts'
import type { Call } from '../support/server/types.ts'
import { TICK_MS } from '../support/subject.ts'
import { answerTo, fateOf, HEAD_MS, mediaType, show } from '../support/traffic/events.ts'
import { sendsHead } from '../support/traffic/refusal.ts'
import manifest from './manifest.ts'

/** A stream that is still open after this many milliseconds, with nothing sent, was meant to stay open. */
const OPEN_MS = 100

/** An answer that is not a stream has ended by then. */
const END_MS = 2000

/** A head and a first event that come closer together than this, in milliseconds, may have been sent together. */
const TOGETHER_MS = 0.75 * TICK_MS

/** A clock so slow that a head which waits for its first tick is late for certain. */
const SLOW_TICK_MS = 3000

/** With this code a client resets a stream whose head breaks the rules: RFC 9113 § 8.1.1. */
const PROTOCOL_ERROR = 1

/** Sent along by every browser; a server that compresses does it for those who ask. */
const ACCEPT_ENCODING = { 'accept-encoding': 'gzip, deflate, br, zstd' }

/** Where the learner's code answers /events; a first write may send the head as well. */
const ANSWERED: Call[] = [
  { call: 'respond', path: '/events' },
  { call: 'write', path: '/events' },
]

/** The answer to GET /events, and what became of it: to see that a stream stays takes a while. */
const events = once(async (context) => {
  const client = await context.connect()
  const answer = await answerTo(() => client.get('/events', ACCEPT_ENCODING))
  if (!answer.head) {
    const expected = `GET /events → a head within ${HEAD_MS} ms`
    return context.fail({ expected, ...answer.seen, at: ANSWERED })
  }
  const { exchange, head } = answer
  await exchange.until(({ chunks }) => chunks.length > 0, OPEN_MS)
  const [first] = exchange.chunks
  // A stream that carries events is one that stays; only an end that came right behind them is still to be seen.
  if (first) await exchange.until(({ over }) => over, TICK_MS)
  return {
    headers: head.headers,
    isHeadAlone: !first || (first.read > head.read && first.at - head.ms >= TOGETHER_MS),
    fate: exchange.over ? fateOf(exchange) : undefined,
  }
})

await lesson(manifest, (check) => {
  check('status', async (context) => {
    const client = await context.connect()
    // Asked twice: what was right once must be right again.
    const asked = ['/events', '/events', '/events?room=1'].map(async (path) => {
      return { path, answer: await answerTo(() => client.get(path)) }
    })
    for (const { path, answer } of await Promise.all(asked)) {
      if (answer.head?.status === 200) continue
      const expected = `GET ${path} → status 200, within ${HEAD_MS} ms`
      const at: Call = { call: 'respond', path }
      if (!answer.head) {
        const isRefused = answer.resetCode === PROTOCOL_ERROR && (await sendsHead(context, path))
        const seen = isRefused ? { received: 'a head that HTTP/2 forbids' } : answer.seen
        const fault = isRefused ? 'refused' : context.shared ? 'silent' : 'held'
        return context.fail({ expected, ...seen, fault, at })
      }
      const fault = path === '/events' ? undefined : 'path'
      context.fail({ expected, received: `status ${answer.head.status}`, fault, at })
    }
  })

  check('content-type', async (context) => {
    const { 'content-type': type } = (await events(context)).headers
    if (mediaType(type) !== 'text/event-stream') {
      const expected = 'content-type: text/event-stream'
      context.fail({ expected, received: show('content-type', type), at: ANSWERED })
    }
    const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type ?? '')?.[1]
    if (charset === undefined || charset.toLowerCase() === 'utf-8') return
    const expected = 'no charset, or charset=utf-8'
    context.fail({ expected, received: `charset=${charset}`, fault: 'charset', at: ANSWERED })
  })

  check('cache-control', async (context) => {
    const { 'cache-control': header } = (await events(context)).headers
    const directives = header?.split(',').map((directive) => directive.trim().toLowerCase()) ?? []
    if (directives.includes('no-cache') || directives.includes('no-store')) return
    const expected = 'cache-control: no-cache (or no-store)'
    context.fail({ expected, received: show('cache-control', header), at: ANSWERED })
  })

  check('uncompressed', async (context) => {
    const { 'content-encoding': encoding } = (await events(context)).headers
    if (encoding === undefined || encoding.toLowerCase() === 'identity') return
    const received = show('content-encoding', encoding)
    context.fail({ expected: 'no content-encoding header', received, at: ANSWERED })
  })

  check('no-length', async (context) => {
    const { 'content-length': length } = (await events(context)).headers
    if (length === undefined) return
    const received = show('content-length', length)
    context.fail({ expected: 'no content-length header', received, at: ANSWERED })
  })

  check('stays-open', async (context) => {
    const { fate } = await events(context)
    if (!fate) return
    context.fail({
      expected: 'a stream that stays open',
      received: fate,
      at: [{ call: 'end', path: '/events' }, ...ANSWERED],
    })
  })

  check('head-first', async (context) => {
    if ((await events(context)).isHeadAlone) return
    // A server that sends an event at once is right, and so is one whose clock ticked just then: a slow clock tells.
    const server = await context.start({ env: { TICK_MS: String(SLOW_TICK_MS) } })
    const client = await context.connect(server.origin)
    const { head } = await answerTo(() => client.get('/events'))
    if (head) return
    context.fail({
      expected: `the head of GET /events within ${HEAD_MS} ms, with TICK_MS=${SLOW_TICK_MS}`,
      received: 'no head before the first event',
      at: ANSWERED,
    })
  })

  check('other-methods', async (context) => {
    for (const method of ['POST', 'PUT', 'DELETE', 'HEAD']) {
      // A connection each: a server may end one gently after any number of requests, as nginx does.
      const client = await context.connect()
      const expected = `${method} /events → status 405, and allow with GET`
      const answer = await answerTo(() => client.request({ ':method': method, ':path': '/events' }))
      if (!answer.head) return context.fail({ expected, ...answer.seen, fault: 'open', at: ANSWERED })
      const { status, headers } = answer.head
      const allowed = headers.allow?.split(',').map((name) => name.trim()) ?? []
      // HEAD may also get the head that GET would get: RFC 9110 § 9.3.2.
      if (status !== 405 && method !== 'HEAD') {
        context.fail({ expected, received: `status ${status}`, at: ANSWERED })
      }
      if (!allowed.includes('GET') && method !== 'HEAD') {
        const received = `status 405, ${show('allow', headers.allow)}`
        context.fail({ expected, received, fault: 'allow', at: ANSWERED })
      }
      const { exchange } = answer
      await exchange.until(({ over }) => over, END_MS)
      if (exchange.over) continue
      const received = `status ${status}, and a stream that stays open`
      context.fail({ expected, received, fault: 'open', at: ANSWERED })
    }
  })
})
