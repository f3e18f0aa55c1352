/** Sends a request, and follows redirects as an EventSource does: WHATWG Fetch, HTTP-redirect fetch. */
import * as zlib from 'node:zlib'
import { fieldOf } from '../../checks/wire/head-rules.ts'
import type { Answer, AnswerHead, Ending, Listener } from './answer.ts'
import { askHttp1 } from './ask-http1.ts'
import { askHttp2 } from './ask-http2.ts'
import { type Opened, open } from './connect.ts'
import type { Ask } from './target.ts'

/** One redirect on the way. */
export interface Hop {
  status: number
  to: URL
}

/** Browsers follow so many. */
const MOST_HOPS = 20

/** A request on its way, and the answer that comes for it: behind redirects, of another address than was asked. */
export class Sending implements Answer {
  readonly hops: Hop[] = []
  /** The request that is answered. */
  ask: Ask
  /** The connection that the answer comes over. */
  opened!: Opened
  readonly #listener: Listener
  readonly #signal: AbortSignal
  #current: Answer | undefined
  #isLeft = false

  private constructor(ask: Ask, listener: Listener, signal: AbortSignal) {
    this.ask = ask
    this.#listener = listener
    this.#signal = signal
  }

  /**
   * Asks, and hands what comes to the listener, whose times begin with the last request.
   *
   * @throws UsageError when the server can't be reached
   */
  static async start(ask: Ask, listener: Listener, signal: AbortSignal): Promise<Sending> {
    const sending = new Sending(ask, listener, signal)
    await sending.#begin(ask)
    return sending
  }

  leave(): void {
    this.#isLeft = true
    if (this.#current) this.#current.leave()
    else this.#listener.end({ how: 'left' })
  }

  async #begin(ask: Ask): Promise<void> {
    this.ask = ask
    this.opened = await open(ask, this.#signal)
    if (this.#isLeft) {
      this.opened.socket.destroy()
      return
    }
    const begin = this.opened.version === '2' ? askHttp2 : askHttp1
    const listener = this.#listener
    let isGone = false
    const answer = begin(this.opened, ask, headersFor(ask), {
      head: (head: AnswerHead) => {
        const hop = this.hops.length < MOST_HOPS ? hopOf(head, ask.url) : undefined
        if (!hop) {
          listener.head(head)
          return
        }
        isGone = true
        this.#current = undefined
        answer.leave()
        this.hops.push(hop)
        this.#begin(redirected(ask, hop)).catch((error: Error) =>
          listener.end({ how: 'unreachable', why: error.message }),
        )
      },
      bytes: (bytes: Uint8Array, at: number) => {
        if (!isGone) listener.bytes(bytes, at)
      },
      end: (ending: Ending) => {
        if (!isGone) listener.end(ending)
      },
    })
    this.#current = answer
  }
}

/** The headers that go out: those that were typed, and what a browser sends besides. */
function headersFor({ headers }: Ask): Ask['headers'] {
  const has = (name: string) => headers.some(([given]) => given === name)
  const own: Ask['headers'] = [
    ['cache-control', 'no-cache'],
    ['accept-encoding', 'zstdDecompressSync' in zlib ? 'gzip, deflate, br, zstd' : 'gzip, deflate, br'],
    ['user-agent', 'sse-inspect'],
  ]
  return [...headers, ...own.filter(([name]) => !has(name))]
}

function hopOf(head: AnswerHead, from: URL): Hop | undefined {
  const location = fieldOf(head.fields, 'location')
  if (![301, 302, 303, 307, 308].includes(head.status) || location === undefined) return undefined
  if (!URL.canParse(location, from.href)) return undefined
  const to = new URL(location, from)
  return /^https?:$/.test(to.protocol) ? { status: head.status, to } : undefined
}

/** The request for where a redirect leads. What is for the first server alone stays behind. */
function redirected(ask: Ask, { status, to }: Hop): Ask {
  const isSame = to.origin === ask.url.origin
  const becomesGet = status === 303 || (ask.method === 'POST' && status < 303)
  const dropped = [...(isSame ? [] : FOR_ONE_ORIGIN), ...(becomesGet ? ['content-type'] : [])]
  const { body, ...rest } = ask
  return {
    ...rest,
    url: to,
    method: becomesGet ? 'GET' : ask.method,
    headers: ask.headers.filter(([name]) => !dropped.includes(name)),
    ...(!becomesGet && body && { body }),
  }
}

const FOR_ONE_ORIGIN = ['authorization', 'cookie', 'host', 'origin']
