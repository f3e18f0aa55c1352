/**
 * Calls the learner's `streamTokens`, and answers in place of a server. It runs in the learner's process, where all calls
 * are under way at once.
 */
import { PROMPT, SCENARIOS, type Scenario, type Seen } from './scenarios.ts'

/** The learner's function, which may be anything. */
type StreamTokens = (
  url: string,
  prompt: string,
  options?: { signal?: AbortSignal; fetch?: typeof fetch },
) => AsyncIterable<unknown>

/** A call that has not come to its end by then, in milliseconds, never will. */
const END_MS = 4000

/** How long a body may take to be let go, in milliseconds: a few turns of the event loop, on a busy machine too. */
const GONE_MS = 1000

/** Plays all scenarios at once. Answers with what was seen of each, as JSON. */
export async function playAll(streamTokens: StreamTokens): Promise<string> {
  const plays = SCENARIOS.map((scenario) => new Play(scenario))
  globalThis.fetch = (input, init) => {
    const { href } = new URL(input instanceof Request ? input.url : input)
    const play = plays.find(({ url }) => url === href)
    if (play) play.seen.usedGlobal = true
    return play ? play.fetch(input, init) : Promise.reject(new TypeError('fetch failed'))
  }
  return JSON.stringify(await Promise.all(plays.map((play) => play.run(streamTokens))))
}

let count = 0

class Play {
  url = `https://localhost/completions?call=${++count}`
  seen: Seen = { tokens: [], end: 'hung', asked: [], isLetGo: false }
  #scenario: Scenario
  #abort = new AbortController()

  constructor(scenario: Scenario) {
    this.#scenario = scenario
  }

  async run(streamTokens: StreamTokens): Promise<Seen> {
    const { promise: late, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, END_MS)
    await Promise.race([this.#listen(streamTokens), late])
    clearTimeout(timer)
    for (const end = performance.now() + GONE_MS; !this.seen.isLetGo && performance.now() < end; ) {
      if (this.#scenario.behind !== 'open' || this.seen.end === 'hung') break
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return { ...this.seen, tokens: [...this.seen.tokens] }
  }

  /** What a server is to `fetch`: https://fetch.spec.whatwg.org/#fetch-method. */
  fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const { signal } = request
    signal.throwIfAborted()
    const type = request.headers.get('content-type') ?? undefined
    this.seen.asked.push({ url: request.url, method: request.method, type, body: await request.text() })
    if (this.#scenario.abort === 'unanswered') {
      queueMicrotask(() => this.#abort.abort(REASON))
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    const { status = 200, type: answered = 'text/event-stream' } = this.#scenario
    const headers: HeadersInit = answered === null ? {} : { 'content-type': answered }
    return new Response(status === 204 ? null : this.#body(signal), { status, headers })
  }

  async #listen(streamTokens: StreamTokens): Promise<void> {
    const { abort, leaveAfter } = this.#scenario
    const { seen } = this
    if (abort === 'before') this.#abort.abort(REASON)
    const options = { signal: this.#abort.signal, fetch: this.fetch }
    const call = this.#scenario.isBare ? [] : [options]
    try {
      for await (const token of streamTokens(this.url, PROMPT, ...call)) {
        seen.tokens.push(typeof token === 'string' ? token : `${JSON.stringify(token)}, not a string`)
        if (seen.tokens.length === abort) this.#abort.abort(REASON)
        if (seen.tokens.length !== leaveAfter) continue
        seen.end = 'left'
        break
      }
      if (seen.end === 'hung') seen.end = 'returned'
    } catch (error) {
      seen.end = 'threw'
      seen.isReason = error === REASON
      seen.isError = error instanceof Error
      seen.message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      seen.words = error instanceof Error ? error.message : ''
    }
  }

  /** Hands out one piece each time that it is asked for more. */
  #body(signal: AbortSignal): ReadableStream<Uint8Array> {
    const pieces = this.#scenario.pieces.map((piece) => new Uint8Array(piece))
    const letGo = () => {
      this.seen.isLetGo = true
    }
    return new ReadableStream(
      {
        start: (controller) => {
          signal.addEventListener('abort', () => {
            letGo()
            controller.error(signal.reason)
          })
        },
        pull: (controller) => {
          const piece = pieces.shift()
          if (piece) return controller.enqueue(piece)
          if (this.#scenario.behind === 'open') return new Promise(() => {})
          if (this.#scenario.behind === 'cut') controller.error(new TypeError('terminated'))
          else controller.close()
        },
        cancel: letGo,
      },
      { highWaterMark: 0 },
    )
  }
}

/** What somebody aborts with: no error that anyone else would make. */
const REASON = new Error('Enough')
