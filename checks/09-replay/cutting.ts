/**
 * A bad network between a page and the learner's server: it breaks each event stream after a while, in the middle of
 * whatever comes. What passes is not changed, but for the reconnection time, so that nobody has to wait for it.
 */
import type { ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Front } from '../support/proxy/front.ts'
import { Upstream } from '../support/proxy/upstream.ts'
import type { CheckContext } from '../support/subject.ts'

/** What takes the place of each reconnection time. */
const RETRY = 'retry: 20'

/** How long the bytes before a cut may take to go out, in milliseconds. */
const FLUSH_MS = 2

export class CuttingProxy implements AsyncDisposable {
  readonly origin: string
  /** After how many bytes each of the next streams breaks. When there is none left, streams last. */
  cuts: number[] = []
  /** Takes the place of the id that a client comes back with. */
  forged?: string
  #front: Front
  #upstream: Upstream

  private constructor(front: Front, target: string) {
    const { server } = front
    this.origin = `https://localhost:${(server.address() as AddressInfo).port}`
    this.#front = front
    this.#upstream = new Upstream(target)
    server.on('stream', (stream: ServerHttp2Stream, headers) => {
      const isForged = this.forged !== undefined && headers[':path']?.startsWith('/events')
      if (isForged) headers['last-event-id'] = this.forged
      this.#upstream.pass(stream, headers, (body, { 'content-type': type }) =>
        type?.startsWith('text/event-stream') ? this.#relay(body) : body,
      )
    })
  }

  static async start({ root, origin }: Pick<CheckContext, 'root' | 'origin'>): Promise<CuttingProxy> {
    return new CuttingProxy(await Front.listen(root), origin)
  }

  /** Breaks every connection now, without a word. */
  cut(): void {
    this.#front.cut()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#upstream.close()
    await this.#front[Symbol.asyncDispose]()
  }

  /** Passes whole lines on, as long as the stream lasts. The last may be cut anywhere. */
  async *#relay(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let begun = ''
    let passed = 0
    for await (const chunk of body) {
      const text = begun + Buffer.from(chunk).toString('latin1')
      const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1
      begun = text.slice(end)
      const lines = text.slice(0, end).replace(/^retry:.*$/gm, RETRY)
      const left = Math.max(0, (this.cuts[0] ?? Number.POSITIVE_INFINITY) - passed)
      passed += lines.length
      yield Buffer.from(lines.slice(0, left), 'latin1')
      if (lines.length <= left) continue
      this.cuts.shift()
      await delay(FLUSH_MS)
      this.cut()
    }
  }
}
