/** The demo at work: what goes on behind it, the keys, and the screen. */
import { lessons } from '../../checks/lessons.ts'
import type { LessonManifest } from '../../checks/manifest.ts'
import { openPage } from '../machine/open-page.ts'
import { diffFolders } from '../project/diff.ts'
import { solutionFolder, starterFolder } from '../project/paths.ts'
import { textOptions } from '../render/paint.ts'
import { Terminal } from '../terminal/terminal.ts'
import { hasMessages, hasSharedLog } from './abilities.ts'
import { farewellText, sharedText } from './foot.ts'
import { demoFrame } from './frame.ts'
import { type DemoControls, demoKey, neighbour } from './keys.ts'
import { Stage, type StageOptions } from './stage.ts'
import type { DemoState } from './state.ts'

/** The ages of connections are shown in seconds. */
const AGE_MS = 1000

/** Another page's origin: one that no server here was told of. */
const ELSEWHERE = 'https://elsewhere.example'

/** Shows a lesson's server at work until the instructor quits. */
export async function playDemo(options: StageOptions): Promise<void> {
  const { stop } = options
  await using stage = await Stage.open(options)
  using demo = new Demo(options, stage)
  stop.addEventListener('abort', demo.quit)
  if (stop.aborted) demo.quit()
  await demo.ended
}

class Demo implements DemoControls, Disposable {
  readonly state: DemoState
  readonly ended: Promise<void>
  #end: () => void
  #fail: (error: unknown) => void
  #terminal: Terminal
  #stage: Stage
  #timer: NodeJS.Timeout
  #last = 0

  constructor({ lesson, kind }: StageOptions, stage: Stage) {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.ended = promise
    this.#end = resolve
    this.#fail = reject
    this.#stage = stage
    const { origin } = stage
    const rest = {
      connections: [],
      now: Date.now(),
      isAnswering: false,
      isSlow: false,
      isPaused: false,
      scroll: 0,
      notice: '',
    }
    this.state = { lessons, lesson, kind, origin, episodes: [], ...rest }
    const onKey = (key: string) => this.#press(key)
    this.#terminal = new Terminal({ onKey, onResize: this.#draw, onGone: this.quit })
    this.#timer = setInterval(this.#refresh, AGE_MS)
    stage.onChange = this.#refresh
    this.#sayWhatIsShared()
    this.#refresh()
  }

  quit = (): void => this.#end()

  async goTo(lesson: LessonManifest): Promise<void> {
    const diff = this.state.diff && this.#diff(lesson)
    Object.assign(this.state, { lesson, diff, scroll: 0, isPaused: false })
    const going = this.#stage.goTo(lesson)
    this.#refresh()
    await going
    this.#sayWhatIsShared()
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
    const { proxy } = this.#stage
    proxy.isSlow = !proxy.isSlow
    this.state.isSlow = proxy.isSlow
  }

  kill(): void {
    this.#stage.proxy.kill()
    this.state.notice = hasMessages(this.state.lesson)
      ? 'All connections are cut. Press m: they miss a message.'
      : 'All connections are cut: an EventSource comes back by itself.'
  }

  async sendMessage(): Promise<void> {
    const status = await this.#stage.clients.send()
    const where = this.#stage.redisUrl ? ' at another server' : ''
    this.state.notice = `POST /messages${where} → ${status ?? 'no answer'}`
  }

  async sendFromElsewhere(): Promise<void> {
    const status = await this.#stage.clients.send(ELSEWHERE)
    this.state.notice = `POST /messages by a page of ${ELSEWHERE} → ${status ?? 'no answer'}`
  }

  async openDeadClient(): Promise<void> {
    await this.#stage.clients.openDead()
  }

  openFrozenClient(): void {
    this.#stage.clients.freeze()
    this.#refresh()
  }

  askOrStop(): void {
    this.#stage.clients.askOrStop()
    this.#refresh()
  }

  async restart(): Promise<void> {
    this.state.notice = 'A new process starts. Then the old one is sent SIGTERM.'
    this.#draw()
    const departure = await this.#stage.restart()
    if (departure) this.state.notice = farewellText(departure)
  }

  async openPage(): Promise<void> {
    const { origin } = this.state
    if (!(await openPage(origin))) this.state.notice = `Open in your browser: ${origin}`
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
    this.#stage.onChange = () => {}
    this.#terminal[Symbol.dispose]()
  }

  #sayWhatIsShared(): void {
    if (hasSharedLog(this.state.lesson)) this.state.notice = sharedText(this.#stage.redisUrl)
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
      const { clients, proxy } = this.#stage
      state.episodes = clients.episodes
      state.connections = [...proxy.connections]
      state.dead = clients.dead
      state.frozen = clients.frozen
      state.isAnswering = clients.isAnswering
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

const STEPS: Record<string, number> = { up: -1, down: 1, pageup: -10, pagedown: 10 }
