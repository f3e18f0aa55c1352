/** Pages of other origins in a real browser. They talk to the learner's server, and tell us what came of it. */
import type { ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Report } from '../support/failure.ts'
import type { PageBrowser } from '../support/page/browser.ts'
import { Front } from '../support/proxy/front.ts'
import type { CheckContext } from '../support/subject.ts'
import { haveReceived, textsOf } from '../support/traffic/audience.ts'
import { within } from '../support/waiting.ts'
import { ask, EVENTS, MESSAGE } from './asking.ts'
import { BEARER, COOKIE, TOKEN } from './guard.ts'

/** How long what a page tells is waited for, in milliseconds, and how long it waits for each thing itself. */
const PAGE_MS = 40_000
const PATIENCE_MS = 8000

/** What came of what a page did. */
interface Told {
  /** `open`, or what there was in its place. */
  stream: string
  /** The status of a message that was sent with a cookie, or why there was none. */
  cookie: string
  /** The same for one with a header of its own, which the browser asks about first. */
  bearer: string
  /** Whether the stream brought a message. */
  heard: boolean
}

/** A site of another origin, which has one page. */
class Site implements AsyncDisposable {
  readonly origin: string
  readonly told: Promise<Told>
  #front: Front

  private constructor(front: Front, pageOf: (origin: string) => string) {
    const { promise, resolve } = Promise.withResolvers<Told>()
    this.#front = front
    this.told = promise
    this.origin = `https://localhost:${(front.server.address() as AddressInfo).port}`
    front.server.on('stream', async (stream: ServerHttp2Stream, headers) => {
      if (headers[':path'] === '/told') resolve(JSON.parse(await text(stream)))
      // A cookie is for a host, whatever its port: as a login at one of your sites sets it for all of them.
      const cookie = `token=${TOKEN}; Secure; HttpOnly; SameSite=Strict; Path=/`
      stream.respond({ 'content-type': 'text/html; charset=utf-8', 'set-cookie': cookie })
      stream.end(pageOf(this.origin))
    })
  }

  static async open({ root }: CheckContext, pageOf: (origin: string) => string): Promise<Site> {
    return new Site(await Front.listen(root), pageOf)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#front[Symbol.asyncDispose]()
  }
}

/** Runs in the page. */
async function visit(target: string, authorization: string, ms: number): Promise<void> {
  const source = new EventSource(`${target}/events`, { withCredentials: true })
  const late = (what: string) => new Promise<string>((resolve) => setTimeout(resolve, ms, what))
  const post = async (body: string, init: RequestInit) => {
    const answer = fetch(`${target}/messages`, { method: 'POST', body, ...init })
    const status = answer.then(({ status }) => `status ${status}`, String)
    return Promise.race([status, late('no answer')])
  }
  const opened = new Promise<string>((resolve) => {
    source.onopen = () => resolve('open')
    source.onerror = () => resolve('an error')
  })
  const heard = new Promise<string>((resolve) => {
    source.onmessage = () => resolve('message')
  })
  const stream = await Promise.race([opened, late('no answer')])
  const cookie = await post(`From ${location.origin} with a cookie`, { credentials: 'include' })
  const headers = { authorization, 'last-event-id': '1' }
  const bearer = await post(`From ${location.origin} with a bearer`, { credentials: 'omit', headers })
  const came = stream === 'open' && (await Promise.race([heard, late('')])) === 'message'
  source.close()
  await fetch('/told', { method: 'POST', body: JSON.stringify({ stream, cookie, bearer, heard: came }) })
}

export async function judgeElsewhere(
  context: CheckContext,
  browser: PageBrowser,
): Promise<Report | undefined> {
  let target = ''
  const page = () => {
    const call = `(${visit})(${JSON.stringify(target)}, ${JSON.stringify(BEARER.authorization)}, ${PATIENCE_MS})`
    return `<!doctype html><title>Elsewhere</title><script type="module">${call}</script>`
  }
  await using friend = await Site.open(context, page)
  await using stranger = await Site.open(context, page)
  const env = { ALLOWED_ORIGINS: friend.origin, ACCESS_TOKEN: TOKEN, TICK_MS: '0' }
  const server = await context.start({ env })
  target = server.origin
  const client = await context.connect(target)
  const listener = await ask(client, { ...EVENTS, headers: COOKIE })

  const told = async (site: Site) => {
    await using _ = await browser.open(context, site.origin)
    return await within(site.told, PAGE_MS) // before the page is let go
  }
  const friendly = await told(friend)
  const where = {
    friend: `a page at ${friend.origin}, which is allowed`,
    stranger: `a page at ${stranger.origin}, which is not`,
  }
  if (!friendly) throw new Error('the page did not tell what came of its requests')
  if (friendly.stream !== 'open') {
    return { expected: `a stream that opens, for ${where.friend}`, received: friendly.stream }
  }
  for (const [way, what] of [
    ['cookie', 'its cookie'],
    ['bearer', 'the token in a header'],
  ] as const) {
    if (friendly[way] === 'status 204') continue
    return {
      expected: `status 204 for a message with ${what}, from ${where.friend}`,
      received: friendly[way],
      fault: way,
    }
  }
  if (!friendly.heard) return { expected: `messages on the stream, for ${where.friend}`, received: 'none' }

  const strange = await told(stranger)
  if (!strange) throw new Error('the page did not tell what came of its requests')
  if (strange.stream === 'open') {
    return {
      expected: `no stream, for ${where.stranger}`,
      received: 'a stream that opens',
      fault: 'stranger',
    }
  }
  await ask(client, { ...MESSAGE, headers: COOKIE, body: 'The last message' })
  await haveReceived([listener], ['The last message'])
  const smuggled = textsOf(listener).find((text) => text.includes(stranger.origin))
  if (smuggled !== undefined) {
    return { expected: `no message, from ${where.stranger}`, received: `data: ${smuggled}`, fault: 'sent' }
  }

  await using own = await browser.open(context, server.origin)
  const { met, sight } = await own.until(
    ({ sources }) => sources.some(({ readyState }) => readyState === 1),
    PATIENCE_MS,
  )
  if (met || sight.sources.length === 0) return undefined
  return {
    expected: 'a stream that opens for your own page, whose cookie has the token',
    received: 'an error',
    fault: 'own',
  }
}
