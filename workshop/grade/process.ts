import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Verdict } from '../../checks/verdict.ts'
import type { Target } from '../run/target.ts'

/** What a process of this kind is asked: to judge what stands in a folder, or at an address. */
export interface Order {
  /** The lesson's. */
  slug: string
  target: Target
}

/**
 * A runner in a process of its own, for commands that run many checks at once. The system copies a process's table of
 * memory for each program that it starts: six runners in one process would spend most of their time on that.
 */
export class GradeProcess implements AsyncDisposable {
  #child: ChildProcess = fork(new URL('./child.ts', import.meta.url), {
    execArgv: [],
    serialization: 'advanced',
    env: { ...process.env, PORT: '' }, // the golden files name 8080
  })

  /**
   * @throws the signal's reason; the process cannot be used any more then
   * @throws when the process ends
   */
  async run(order: Order, signal?: AbortSignal): Promise<Verdict> {
    signal?.throwIfAborted()
    const ended = new AbortController()
    const onExit = () => ended.abort(new Error('a process that grades has ended'))
    this.#child.once('exit', onExit)
    try {
      this.#child.send(order)
      const waits = AbortSignal.any([ended.signal, ...(signal ? [signal] : [])])
      const [verdict] = await once(this.#child, 'message', { signal: waits }).catch(() => {
        throw waits.reason
      })
      return verdict
    } finally {
      this.#child.off('exit', onExit)
    }
  }

  /** Lets the process end, and waits until it has. A run that is under way is cancelled. */
  async [Symbol.asyncDispose](): Promise<void> {
    const isThere = this.#child.exitCode === null && this.#child.signalCode === null
    if (this.#child.connected) this.#child.disconnect()
    if (isThere) await once(this.#child, 'exit')
  }
}
