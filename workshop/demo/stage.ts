/** What stands behind the demo's screen: the servers of a lesson, the proxy before it, and clients of our own. */
import type { LessonManifest } from '../../checks/manifest.ts'
import { DemoProxy } from '../../checks/support/proxy/proxy.ts'
import type { Exit } from '../../checks/support/server/types.ts'
import { within } from '../../checks/support/waiting.ts'
import { root } from '../project/paths.ts'
import { Clients } from './clients.ts'
import { Servers, type ServersOptions } from './servers.ts'

/** How long a server may take to end after SIGTERM, in milliseconds: longer than it gives its own clients. */
const FAREWELL_MS = 10_000

export interface StageOptions extends ServersOptions {
  /** Where pages find the server, whichever lesson's it is. */
  port: number
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
  #servers: Servers
  #turn: Promise<unknown> = Promise.resolve()
  #over = new AbortController()

  static async open(options: StageOptions): Promise<Stage> {
    const servers = await Servers.open(options)
    try {
      return new Stage(options, servers, await DemoProxy.start(root, options.port, servers.server.origin))
    } catch (error) {
      await servers[Symbol.asyncDispose]()
      throw error
    }
  }

  private constructor(options: StageOptions, servers: Servers, proxy: DemoProxy) {
    this.#options = options
    this.#lesson = options.lesson
    this.#servers = servers
    this.proxy = proxy
    this.clients = this.#meet()
  }

  get origin(): string {
    return `https://localhost:${this.#options.port}`
  }

  /** Where the Redis of the lesson's servers is, if they have one. */
  get redisUrl(): string | undefined {
    return this.#servers.redisUrl
  }

  /** Starts the other server first and then turns the proxy to it, so that pages miss next to nothing. */
  async goTo(lesson: LessonManifest): Promise<void> {
    this.#lesson = lesson
    this.clients[Symbol.dispose]()
    await this.#inTurn(lesson, async (isWanted) => {
      const { kind } = this.#options
      const servers = await Servers.open({ lesson, kind, stop: this.#over.signal })
      if (!isWanted()) return servers[Symbol.asyncDispose]()
      const before = this.#servers
      this.#servers = servers
      this.proxy.retarget(servers.server.origin)
      this.clients = this.#meet()
      await before[Symbol.asyncDispose]()
    })
  }

  /**
   * Starts a new process, and sends SIGTERM to the old one: whoever comes back finds the new one. Answers how the old one
   * ended; undefined when there was no time for it.
   */
  async restart(): Promise<Departure | undefined> {
    let departure: Departure | undefined
    await this.#inTurn(this.#lesson, async (isWanted) => {
      const server = await this.#servers.startNew(this.#over.signal)
      if (!isWanted()) return server.stop()
      const before = this.#servers.replace(server)
      this.proxy.moveTo(server.origin)
      this.clients.moveTo(server, this.#servers.other)
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
    await this.#servers[Symbol.asyncDispose]()
  }

  /** One change at a time. None is begun, and none completed, when the instructor went on already. */
  #inTurn(lesson: LessonManifest, change: (isWanted: () => boolean) => Promise<void>): Promise<void> {
    const isWanted = () => this.#lesson === lesson && !this.#over.signal.aborted
    const turn = this.#turn.then(() => (isWanted() ? change(isWanted) : undefined))
    this.#turn = turn
    return turn
  }

  #meet(): Clients {
    const onChange = () => this.onChange()
    const { server, other } = this.#servers
    return new Clients({ lesson: this.#lesson, origin: this.origin, server, other, onChange })
  }
}
