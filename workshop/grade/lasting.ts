/**
 * A thread in which many runs follow each other. A learner's run has a new one; but to start it, and to load in it what
 * every run needs, takes longer than most checks, and a browser longer still.
 */
import { type PoolOptions, ThreadsPoolWorker, type WorkerRequest } from 'vitest/node'
import { Keeper } from '../../checks/support/page/kept.ts'
import type { Threads } from '../run/runner.ts'

type Listener = (value: unknown) => void

/** The one thread of a `Runner`, and the browser that it keeps. Dispose of it after the runner. */
export class Lasting implements Threads, AsyncDisposable {
  pool = { name: 'lasting', createPoolWorker: (options: PoolOptions) => this.#threadFor(options) }
  isolate = true // Vitest then evaluates the checks anew in each run
  #keeper = new Keeper()
  #thread?: LastingThread

  get keeper(): string {
    return this.#keeper.name
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#keeper[Symbol.asyncDispose]()
    await this.#thread?.end()
  }

  #threadFor(options: PoolOptions): LastingThread {
    this.#thread ??= new LastingThread(options)
    return this.#thread
  }
}

/** Answers for the thread where Vitest starts and stops it: before its first run and after each. */
class LastingThread extends ThreadsPoolWorker {
  #isStarted = false
  #isSetUp = false
  #listeners = new Map<Listener, string>()

  override async start(): Promise<void> {
    if (!this.#isStarted) await super.start()
    this.#isStarted = true
  }

  override on(event: string, listener: Listener): void {
    this.#listeners.set(listener, event)
    super.on(event, listener)
  }

  override off(event: string, listener: Listener): void {
    this.#listeners.delete(listener)
    super.off(event, listener)
  }

  override send(request: WorkerRequest): void {
    if (request.type === 'stop') this.#answer('stopped')
    else if (request.type === 'start' && this.#isSetUp) this.#answer('started')
    else super.send(request)
    if (request.type === 'start') this.#isSetUp = true
  }

  /** The end of a run, not of the thread. Vitest leaves listeners behind, since the thread should be gone. */
  override async stop(): Promise<void> {
    for (const [listener, event] of this.#listeners) this.off(event, listener)
  }

  async end(): Promise<void> {
    if (this.#isStarted) await super.stop()
  }

  #answer(type: 'started' | 'stopped'): void {
    const response = { __vitest_worker_response__: true, type }
    const told = [...this.#listeners].filter(([, event]) => event === 'message')
    queueMicrotask(() => {
      for (const [listener] of told) listener(response)
    })
  }
}
