/** What is under check: one server that all checks of a run share, and whatever single checks start beside it. */

import { hasServer } from '../manifest.ts'
import type { Place, TargetKind } from '../verdict.ts'
import { type Client, connect } from './client/client.ts'
import { ConnectError } from './client/tls.ts'
import { Fail, Misfortune, NotRun, type Report } from './failure.ts'
import { busyFailure, deathFailure } from './server/death.ts'
import { freePort } from './server/ports.ts'
import { asWritten } from './server/printed.ts'
import { LearnerServer } from './server/server.ts'
import { serve } from './server/start.ts'
import { type ServeOptions, StartError } from './server/types.ts'

/** What Vitest is asked to check. It comes through `provide`, so it is plain data. */
export interface Run {
  /** The lesson whose checks are wanted. */
  slug: string
  /** The slugs of the lessons whose checks must still hold, in order. */
  earlier: string[]
  /** The file that is run: `server.ts`, or `make-certs.ts` in lesson 01. */
  entry: string
  /** The files that the learner edits. */
  edit: string[]
  /** The project's folder, absolute: the working directory of every server. */
  root: string
  target: { kind: Exclude<TargetKind, 'address'>; folder: string } | { kind: 'address'; origin: string }
  /** The name of the gate to wait at, in a run that is made ready before it is wanted. */
  gate?: string
  /** Who keeps a browser for the run after this one, where both have the same thread. */
  keeper?: string
}

/** What a check works with. Everything that it opens or starts ends with the check. */
export interface CheckContext extends AsyncDisposable {
  /** `https://localhost:PORT`, or the address under check. */
  origin: string
  /** The folder under check and the project's folder, absolute. */
  folder: string
  root: string
  /** Aborted when the run is cancelled; every wait ends with it. */
  signal: AbortSignal
  /** The server that all checks share. Undefined for an address, and in lesson 01. */
  shared?: LearnerServer
  /** A new HTTP/2 session, to the shared server unless another origin is named. */
  connect(origin?: string): Promise<Client>
  /** The program under check, held back before its first line. Its check must have `needsProcess` in the manifest. */
  hold(): LearnerServer
  /** A server of this check's own. Its check must have `needsProcess` in the manifest. */
  start(options?: Pick<ServeOptions, 'env' | 'isHurried' | 'port'>): Promise<LearnerServer>
  /** Ends the check: the server is wrong, in this way. */
  fail(report: Report): never
}

/** Milliseconds between the clock's events, for a server that follows `TICK_MS`: short, so that verdicts are quick. */
export const TICK_MS = 20

/** Milliseconds between the tokens of the model that lesson 14 gives, for the same reason. */
const TOKEN_MS = 10

/** The first connection of a thread takes many times as long as the next: this one finds nobody there. */
async function rehearse(): Promise<void> {
  await connect(`https://localhost:${await freePort()}`).catch(() => {})
}

/** How many programs are started ahead: the shared server, and one that finds its port in use. */
const AHEAD = 2

/** How long a server may take to die of what a check did to it, in milliseconds. */
const SHOCK_MS = 150

/** How long one may take that needs more and more memory: it gets slower and slower, and that is what checks see. */
const GROWTH_MS = 3000

export class Subject {
  #run: Run
  #shared?: Promise<LearnerServer>
  /** Programs that were started ahead, and wait to be taken. */
  #held: LearnerServer[] = []
  #taken = 0
  /** Servers that single checks have started since the output was asked for. */
  #beside: LearnerServer[] = []

  constructor(run: Run) {
    this.#run = run
  }

  /** Starts ahead what a run is likely to need, and resolves when all of it waits before the learner's first line. */
  async prepare(): Promise<void> {
    if (this.#run.target.kind === 'address') return
    this.#held = Array.from({ length: AHEAD }, () => this.#hold())
    await Promise.all([rehearse(), ...this.#held.map((program) => program.warmUp())])
  }

  /** Starts the shared server, where there is one to start. Until then no check may be opened. */
  begin(): void {
    if (this.#run.target.kind === 'address' || !hasServer(this.#run)) return
    this.#shared = this.#start()
    this.#shared.catch(() => {}) // the first check asks again, and is told
  }

  /** What one check works with. Throws `Misfortune` when the server never came up. */
  async open(signal: AbortSignal): Promise<CheckContext> {
    const { root, target } = this.#run
    const shared = await this.#shared
    const origin = target.kind === 'address' ? target.origin : (shared?.origin ?? '')
    const opened: AsyncDisposable[] = []
    const keep = <T extends AsyncDisposable>(resource: T): T => {
      opened.push(resource)
      return resource
    }
    return {
      origin,
      folder: target.kind === 'address' ? '' : target.folder,
      root,
      signal,
      shared,
      connect: async (to = origin) => keep(await this.#connect(to, signal)),
      hold: () => this.#hold(),
      start: async (options = {}) => {
        const server = keep(await this.#start(options))
        this.#beside.push(server)
        return server
      },
      fail: (report) => {
        throw new Fail(report)
      },
      [Symbol.asyncDispose]: async () => {
        for (const resource of opened.reverse()) await resource[Symbol.asyncDispose]()
      },
    }
  }

  /** Connects. Who does not answer the handshake in time is tried once more, unless its event loop stands still. */
  async #connect(origin: string, signal: AbortSignal): Promise<Client> {
    try {
      return await connect(origin, { signal })
    } catch (error) {
      if (!(error instanceof ConnectError) || error.fault !== 'silent') throw error
      const shared = await this.#shared
      if (shared?.origin === origin && (await shared.isBusy())) throw error
      return connect(origin, { signal })
    }
  }

  /**
   * What to tell for an error that a check threw. A server that died, or that is stuck, explains whatever went wrong
   * after it, be it the shared one or one of the check's own. Else the place of a fault is looked up, and asked for at
   * once: a server that lives goes on calling.
   */
  async explain(error: unknown): Promise<unknown> {
    if (error instanceof Misfortune) return error
    const at = error instanceof Fail ? error.report.at : undefined
    const [place, shared, own] = await Promise.all([
      this.#locate(at),
      this.#misfortune(),
      this.#misfortuneBeside(error instanceof Fail),
    ])
    if (error instanceof Fail) error.place = place
    return shared ?? own ?? error
  }

  async #locate(at: Report['at']): Promise<Place | undefined> {
    if (at === undefined || 'file' in at) return at
    const shared = await this.#shared?.catch(() => undefined)
    const places = await Promise.all([at].flat().map((call) => shared?.where(call)))
    return places.find((place) => place !== undefined)
  }

  /** What became of the shared server, if it is what is wrong. */
  async #misfortune(): Promise<Misfortune | undefined> {
    const shared = await this.#shared?.catch(() => undefined)
    if (!shared) return undefined
    const patience = shared.probe.isGrowing ? GROWTH_MS : SHOCK_MS
    const isBusy = !(await shared.diedWithin(patience)) && (await shared.isBusy())
    if (shared.exit) return new Misfortune(deathFailure(shared)) // also of one that took its time to die
    return isBusy ? new Misfortune(busyFailure(shared)) : undefined
  }

  /**
   * What became of the servers that the check has started itself. Those that it has told to end are its own affair, unless
   * an error had ended them before; and one that has much to do is not stuck while the check understands it.
   */
  async #misfortuneBeside(isUnderstood: boolean): Promise<Misfortune | undefined> {
    for (const server of this.#beside) {
      const { crash } = server.probe
      if (crash) await server.diedWithin(SHOCK_MS)
      if (server.toldToEnd && !(server.exit?.code && crash && crash.time < server.toldToEnd)) continue
      if (server.exit) return new Misfortune(deathFailure(server))
      if (!isUnderstood && (await server.isBusy())) return new Misfortune(busyFailure(server))
    }
    return undefined
  }

  /** What the learner's server printed since the last time this was asked, and one of a check's own that an error ended. */
  async takeOutput(): Promise<string> {
    const dead = this.#beside.splice(0).find(({ exit }) => exit?.crash)
    const shared = await this.#takeShared()
    return dead ? shared + asWritten(dead.output, dead.port) : shared
  }

  async #takeShared(): Promise<string> {
    const shared = await this.#shared?.catch(() => undefined)
    if (!shared) return ''
    const { output, port } = shared
    const fresh = output.slice(this.#taken)
    this.#taken = output.length
    return asWritten(fresh, port)
  }

  async stop(): Promise<void> {
    const shared = await this.#shared?.catch(() => undefined)
    await Promise.all([shared, ...this.#held].map((server) => server?.stop()))
  }

  /** A program of this run: one that was started ahead and still waits, or a new one. */
  #hold(): LearnerServer {
    const { entry, edit, root, target } = this.#run
    if (target.kind === 'address') throw new NotRun('an address can not be started')
    const held = this.#held.shift()
    return held && !held.exit ? held : new LearnerServer({ folder: target.folder, entry, root, edit })
  }

  async #start({ env, ...options }: ServeOptions = {}): Promise<LearnerServer> {
    try {
      return await serve(() => this.#hold(), {
        ...options,
        env: { TICK_MS: String(TICK_MS), TOKEN_MS: String(TOKEN_MS), ...env },
      })
    } catch (error) {
      if (error instanceof StartError) throw new Misfortune(error.failure)
      throw error
    }
  }
}
