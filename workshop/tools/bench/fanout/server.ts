/** A server in a process of its own, which can be asked what it has cost. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { freePort } from '../../../../checks/support/server/ports.ts'
import { root } from '../../../project/paths.ts'

/** What the process is told: to publish so many events in one turn, or to say what it uses. */
export interface Order {
  publish?: number
  afterGc?: boolean
}

export interface Answer {
  /** Processor time of the whole process so far, in microseconds. */
  cpu: number
  /** Memory that the system gave it, in bytes. */
  rss: number
  /** Memory in use: JavaScript's own and that of its buffers and native parts, in bytes. */
  heap: number
}

/** How long it may take to start, and to answer, in milliseconds. */
const PATIENCE_MS = 30_000

const HOST = join(import.meta.dirname, 'host.ts')

export class Server implements AsyncDisposable {
  readonly origin: string
  #process: ChildProcess
  #errors = ''

  private constructor(child: ChildProcess, port: number) {
    this.origin = `https://localhost:${port}`
    this.#process = child
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      this.#errors = (this.#errors + text).slice(-4000)
    })
  }

  /** Starts the program. Throws with what it printed when it does not come up. */
  static async start(program: string, env: Record<string, string> = {}): Promise<Server> {
    const port = await freePort()
    const child = fork(HOST, [program], {
      cwd: root,
      env: { ...process.env, PORT: String(port), TICK_MS: '0', NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
    })
    const server = new Server(child, port)
    try {
      await server.#answer()
      return server
    } catch (error) {
      await server[Symbol.asyncDispose]()
      throw error
    }
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Has it send so many events to everyone, all in one turn. */
  publish(count: number): void {
    this.#process.send({ publish: count } satisfies Order)
  }

  /** @param afterGc only what is still held counts as memory */
  async usage(afterGc = false): Promise<Answer> {
    this.#process.send({ afterGc } satisfies Order)
    return this.#answer()
  }

  /** Ends it. Throws with what it printed when it has ended by itself. */
  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#process
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    }
    if (child.signalCode !== 'SIGKILL') throw this.#death
  }

  get #death(): Error {
    return new Error(`The server ended:\n${this.#errors.trim()}`)
  }

  async #answer(): Promise<Answer> {
    const over = new AbortController()
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(PATIENCE_MS)])
    const died = once(this.#process, 'exit', { signal }).then(() => {
      throw this.#death
    })
    try {
      const [answer] = await Promise.race([once(this.#process, 'message', { signal }), died])
      return answer
    } finally {
      died.catch(() => {}) // it is no longer waited for
      over.abort()
    }
  }
}
