/** The demo at work: a server behind a proxy, a client of our own before it, and the screen. */
import { lessons } from '../../checks/lessons.ts'
import type { LessonManifest } from '../../checks/manifest.ts'
import { DemoProxy } from '../../checks/support/proxy/proxy.ts'
import type { LearnerServer } from '../../checks/support/server/server.ts'
import { startServer } from '../../checks/support/server/start.ts'
import { openPage } from '../machine/open-page.ts'
import { diffFolders } from '../project/diff.ts'
import { root, solutionFolder, starterFolder } from '../project/paths.ts'
import { textOptions } from '../render/paint.ts'
import { Terminal } from '../terminal/terminal.ts'
import { demoEnv, hasMessages } from './abilities.ts'
import { Clients } from './clients.ts'
import { demoFrame } from './frame.ts'
import { type DemoControls, demoKey, neighbour } from './keys.ts'
import type { DemoState } from './state.ts'

/** The ages of connections are shown in seconds. */
const AGE_MS = 1000

export interface DemoOptions {
  lesson: LessonManifest
  kind: DemoState['kind']
  /** Where pages find the server, whichever lesson's it is. */
  port: number
  /** Ends the demo. */
  stop: AbortSignal
}

/** Shows a lesson's server at work until the instructor quits. */
export async function playDemo({ lesson, kind, port, stop }: DemoOptions): Promise<void> {
  const server = await start(lesson, kind, stop)
  let proxy: DemoProxy
  try {
    proxy = await DemoProxy.start(root, port, server.origin)
  } catch (error) {
    await server.stop()
    throw error
  }
  await using demo = new Demo(lesson, kind, port, server, proxy)
  stop.addEventListener('abort', demo.quit)
  if (stop.aborted) demo.quit()
  await demo.ended
}

class Demo implements DemoControls, AsyncDisposable {
  readonly state: DemoState
  readonly ended: Promise<void>
  #end: () => void
  #fail: (error: unknown) => void
  #terminal: Terminal
  #proxy: DemoProxy
  #server: LearnerServer
  #clients: Clients
  #sent = 0
  #turn: Promise<void> = Promise.resolve()
  #over = new AbortController()
  #timer: NodeJS.Timeout
  #last = 0

  constructor(
    lesson: LessonManifest,
    kind: DemoState['kind'],
    port: number,
    server: LearnerServer,
    proxy: DemoProxy,
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.ended = promise
    this.#end = resolve
    this.#fail = reject
    this.#server = server
    this.#proxy = proxy
    const origin = `https://localhost:${port}`
    const rest = { connections: [], now: Date.now(), isSlow: false, isPaused: false, scroll: 0, notice: '' }
    this.state = { lessons, lesson, kind, origin, episodes: [], ...rest }
    this.#clients = this.#meet()
    const onKey = (key: string) => this.#press(key)
    this.#terminal = new Terminal({ onKey, onResize: this.#draw, onGone: this.quit })
    this.#timer = setInterval(this.#refresh, AGE_MS)
    this.#draw()
  }

  quit = (): void => this.#end()

  /** Starts the other server first and then turns the proxy to it, so that pages miss next to nothing. */
  async goTo(lesson: LessonManifest): Promise<void> {
    const diff = this.state.diff && this.#diff(lesson)
    Object.assign(this.state, { lesson, diff, scroll: 0, isPaused: false })
    this.#clients[Symbol.dispose]()
    this.#refresh()
    const isWanted = () => this.state.lesson === lesson && !this.#over.signal.aborted
    this.#turn = this.#turn.then(async () => {
      if (!isWanted()) return // the instructor went on already
      const server = await start(lesson, this.state.kind, this.#over.signal)
      if (!isWanted()) return server.stop()
      const before = this.#server
      this.#server = server
      this.#proxy.retarget(server.origin)
      this.#clients = this.#meet()
      await before.stop()
    })
    await this.#turn
  }

  toggleDiff(): void {
    const { state } = this
    state.diff = state.diff ? undefined : this.#diff(state.lesson)
    state.scroll = 0
  }

  togglePause(): void {
    this.state.isPaused = !this.state.isPaused
    this.#refresh()
  }

  toggleSlow(): void {
    this.#proxy.isSlow = !this.#proxy.isSlow
    this.state.isSlow = this.#proxy.isSlow
  }

  kill(): void {
    this.#proxy.kill()
    this.state.notice = hasMessages(this.state.lesson)
      ? 'All connections are cut. Press m: they miss a message.'
      : 'All connections are cut: an EventSource comes back by itself.'
  }

  async sendMessage(): Promise<void> {
    const status = await this.#clients.send(`Message ${++this.#sent}`)
    this.state.notice = `POST /messages → ${status ?? 'no answer'}`
  }

  async openDeadClient(): Promise<void> {
    await this.#clients.openDead()
  }

  async openPage(): Promise<void> {
    const { origin } = this.state
    if (!(await openPage(origin))) this.state.notice = `Open in your browser: ${origin}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    this.#terminal[Symbol.dispose]()
    this.#over.abort()
    this.#clients[Symbol.dispose]()
    await this.#turn.catch(() => {})
    await this.#proxy[Symbol.asyncDispose]()
    await this.#server.stop()
  }

  #meet(): Clients {
    const { lesson, origin } = this.state
    return new Clients({ lesson, origin, server: this.#server.origin, onChange: this.#refresh })
  }

  #diff(lesson: LessonManifest): DemoState['diff'] {
    const before = neighbour({ lessons, lesson }, -1)
    const folder = this.state.kind === 'starter' ? starterFolder : solutionFolder
    return before && diffFolders(solutionFolder(before.slug), folder(lesson.slug))
  }

  /** Takes over what arrived, unless the screen is paused. */
  #refresh = (): void => {
    const { state } = this
    if (!state.isPaused) {
      state.episodes = this.#clients.episodes
      state.connections = [...this.#proxy.connections]
      state.dead = this.#clients.dead
      state.now = Date.now()
    }
    this.#draw()
  }

  #draw = (): void => {
    this.#terminal.paint(() => {
      const { lines, last } = demoFrame(this.state, this.#terminal.size, textOptions().paint)
      this.#last = last
      return lines
    })
  }

  #press(key: string): void {
    const { state } = this
    state.notice = ''
    const step = STEPS[key]
    if (key === 'ctrl-c') this.quit()
    else if (key === 'ctrl-l') this.#terminal.repaint()
    else if (step && state.diff) state.scroll = Math.max(0, Math.min(this.#last, state.scroll + step))
    else void Promise.resolve(demoKey(state, key)?.(this)).then(this.#draw, this.#fail)
    this.#draw()
  }
}

function start({ slug, entry }: LessonManifest, kind: DemoState['kind'], signal?: AbortSignal) {
  const folder = kind === 'starter' ? starterFolder(slug) : solutionFolder(slug)
  return startServer({ folder, entry, root, signal, env: demoEnv({ slug }) })
}

const STEPS: Record<string, number> = { up: -1, down: 1, pageup: -10, pagedown: 10 }
