/** The learner's server as they see it: on port 8080, started again after each save. */
import type { LearnerServer } from '../../checks/support/server/server.ts'
import { startServer } from '../../checks/support/server/start.ts'
import { type Exit, StartError } from '../../checks/support/server/types.ts'
import { root } from '../project/paths.ts'

export interface DisplayListener {
  /** Called with everything that the server prints. */
  onOutput(text: string): void
  /** Called when the server ended by itself, with how: `ended with exit code 1`. */
  onDeath?(how: string): void
}

export class Display implements AsyncDisposable {
  #folder: string
  #port: number
  #listener: DisplayListener
  #server?: LearnerServer
  /** Restarts take turns: a burst of saves must not start two servers on one port. */
  #turn: Promise<void> = Promise.resolve()
  /** Ends the newest start. One that a newer save has overtaken is given up. */
  #current = new AbortController()

  constructor(folder: string, port: number, listener: DisplayListener) {
    this.#folder = folder
    this.#port = port
    this.#listener = listener
  }

  get origin(): string {
    return `https://localhost:${this.#port}`
  }

  /**
   * Ends the server that runs, and starts the code as it is now. Answers why it did not start: mostly that is what the
   * verdict says as well.
   */
  restart(): Promise<string | undefined> {
    this.#current.abort()
    this.#current = new AbortController()
    const { signal } = this.#current
    const started = this.#turn.then(async () => {
      await this.#stop()
      return signal.aborted ? undefined : this.#start(signal)
    })
    this.#turn = started.then(
      () => {},
      () => {}, // whoever asked for the restart is told
    )
    return started
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#current.abort()
    await this.#turn
    await this.#stop()
  }

  async #start(signal: AbortSignal): Promise<string | undefined> {
    const onOutput = (text: string) => this.#listener.onOutput(text)
    const program = { folder: this.#folder, entry: 'server.ts', root }
    const options = { ...program, port: this.#port, env: redisEnv(), signal, onOutput }
    try {
      const server = await startServer(options)
      this.#server = server
      server.exited.then((exit) => {
        if (server === this.#server) this.#listener.onDeath?.(howEnded(exit))
      })
      return undefined
    } catch (error) {
      if (error instanceof StartError) return error.failure.received
      if (!signal.aborted) throw error
      return undefined
    }
  }

  async #stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    await server?.stop()
  }
}

function howEnded({ code, signal, crash }: Exit): string {
  if (crash) return `ended: ${crash.message.split('\n')[0]}`
  return signal ? `was ended by ${signal}` : `ended with exit code ${code}`
}

/** A learner's server that is looked at uses the Redis that they name. One that is checked does not. */
function redisEnv(): Record<string, string> {
  const { REDIS_URL, REDIS_KEY } = process.env
  return { ...(REDIS_URL && { REDIS_URL }), ...(REDIS_KEY && { REDIS_KEY }) }
}
