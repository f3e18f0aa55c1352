/** What stands behind the demo's screen: the server of a lesson, the proxy before it, and clients of our own. */
import type { LessonManifest } from '../../checks/manifest.ts'
import { DemoProxy } from '../../checks/support/proxy/proxy.ts'
import type { LearnerServer } from '../../checks/support/server/server.ts'
import { startServer } from '../../checks/support/server/start.ts'
import type { Exit } from '../../checks/support/server/types.ts'
import { within } from '../../checks/support/waiting.ts'
import { root, solutionFolder, starterFolder } from '../project/paths.ts'
import { demoEnv } from './abilities.ts'
import { Clients } from './clients.ts'
import type { DemoState } from './state.ts'

/** How long a server may take to end after SIGTERM, in milliseconds: longer than it gives its own clients. */
const FAREWELL_MS = 10_000

export interface StageOptions {
  lesson: LessonManifest
  kind: DemoState['kind']
  /** Where pages find the server, whichever lesson's it is. */
  port: number
  /** Gives up the start. */
  stop: AbortSignal
}

/** How a server took its leave. */
export interface Departure {
  /** From SIGTERM to the end of the process, in milliseconds. */
  ms: number
  exit: Exit
}

export class Stage implements AsyncDisposable {
  readonly proxy: DemoProxy
  clients: Clients
  /** Called when there is something new to see. */
  onChange = (): void => {}
  #options: StageOptions
  #lesson: LessonManifest
  #server: LearnerServer
  #turn: Promise<unknown> = Promise.resolve()
  #over = new AbortController()

  static async open(options: StageOptions): Promise<Stage> {
    const server = await start(options.lesson, options.kind, options.stop)
    try {
      return new Stage(options, server, await DemoProxy.start(root, options.port, server.origin))
    } catch (error) {
      await server.stop()
      throw error
    }
  }

  private constructor(options: StageOptions, server: LearnerServer, proxy: DemoProxy) {
    this.#options = options
    this.#lesson = options.lesson
    this.#server = server
    this.proxy = proxy
    this.clients = this.#meet()
  }

  get origin(): string {
    return `https://localhost:${this.#options.port}`
  }

  /** Starts the other server first and then turns the proxy to it, so that pages miss next to nothing. */
  async goTo(lesson: LessonManifest): Promise<void> {
    this.#lesson = lesson
    this.clients[Symbol.dispose]()
    await this.#inTurn(lesson, async (server, before) => {
      this.proxy.retarget(server.origin)
      this.clients = this.#meet()
      await before.stop()
    })
  }

  /**
   * Starts a new process, and sends SIGTERM to the old one: whoever comes back finds the new one. Answers how the old one
   * ended; undefined when there was no time for it.
   */
  async restart(): Promise<Departure | undefined> {
    let departure: Departure | undefined
    await this.#inTurn(this.#lesson, async (server, before) => {
      this.proxy.moveTo(server.origin)
      this.clients.moveTo(server)
      const began = performance.now()
      before.signal('SIGTERM')
      const exit = await within(before.exited, FAREWELL_MS)
      if (exit) departure = { ms: performance.now() - began, exit }
      await before.stop()
    })
    return departure
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort()
    this.clients[Symbol.dispose]()
    await this.#turn.catch(() => {})
    await this.proxy[Symbol.asyncDispose]()
    await this.#server.stop()
  }

  /** Lets a new server take the place of the one before, unless the instructor went on already. One change at a time. */
  #inTurn(
    lesson: LessonManifest,
    change: (server: LearnerServer, before: LearnerServer) => Promise<void>,
  ): Promise<void> {
    const isWanted = () => this.#lesson === lesson && !this.#over.signal.aborted
    const turn = this.#turn.then(async () => {
      if (!isWanted()) return
      const server = await start(lesson, this.#options.kind, this.#over.signal)
      if (!isWanted()) return server.stop()
      const before = this.#server
      this.#server = server
      await change(server, before)
    })
    this.#turn = turn
    return turn
  }

  #meet(): Clients {
    const onChange = () => this.onChange()
    return new Clients({ lesson: this.#lesson, origin: this.origin, server: this.#server, onChange })
  }
}

function start({ slug, entry }: LessonManifest, kind: DemoState['kind'], signal?: AbortSignal) {
  const folder = kind === 'starter' ? starterFolder(slug) : solutionFolder(slug)
  return startServer({ folder, entry, root, signal, env: demoEnv({ slug }) })
}
