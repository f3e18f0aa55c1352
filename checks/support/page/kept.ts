/**
 * A browser that outlives its run, where runs follow each other in one thread: its start takes longer than most checks.
 * Each run opens a page in a context of its own. Thread and command meet on a `BroadcastChannel`, as at a gate.
 */
import { randomUUID } from 'node:crypto'
import type { RunningBrowser } from './tab.ts'

/** A thread's modules are evaluated anew in each run, so what it keeps stands beside them. */
const KEPT = Symbol.for('sse-workshop.browser')
const thread = globalThis as { [KEPT]?: Promise<RunningBrowser> }

/** What a thread says when it keeps a browser, what it is told in the end, and its answer. */
type Word = 'kept' | 'end' | 'ended'

/** The thread's side: the browser of the run before, or a new one where there is none, or that one is gone. */
export async function keptBrowser(
  keeper: string,
  launch: () => Promise<RunningBrowser>,
): Promise<RunningBrowser> {
  const kept = await thread[KEPT]?.catch(() => undefined)
  if (kept?.isConnected()) return kept
  if (!thread[KEPT]) awaitEnd(keeper)
  thread[KEPT] = launch()
  return thread[KEPT]
}

function awaitEnd(keeper: string): void {
  const channel = new BroadcastChannel(keeper)
  const say = (word: Word) => channel.postMessage(word)
  channel.onmessage = async () => {
    const browser = await thread[KEPT]?.catch(() => undefined)
    await browser?.close()
    say('ended')
    channel.close()
  }
  say('kept')
}

/** The command's side. Disposing of it closes the browser; the thread must still be there. */
export class Keeper implements AsyncDisposable {
  readonly name = `keeper-${randomUUID()}`
  #channel = new BroadcastChannel(this.name)
  #isKeeping = false
  #ended = Promise.withResolvers<void>()

  constructor() {
    this.#channel.onmessage = ({ data: word }: { data: Word }) => {
      if (word === 'kept') this.#isKeeping = true
      if (word === 'ended') this.#ended.resolve()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isKeeping) {
      this.#channel.postMessage('end' satisfies Word)
      await this.#ended.promise
    }
    this.#channel.close()
  }
}
