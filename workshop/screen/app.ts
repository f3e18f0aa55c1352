/** The live screen at work: saves and keys change the state, and the state is painted. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { lessons } from '../../checks/lessons.ts'
import { hasServer, type LessonManifest } from '../../checks/manifest.ts'
import { UsageError } from '../errors.ts'
import { editorOf } from '../machine/editor.ts'
import { portToServe } from '../machine/ports.ts'
import { ensureCerts } from '../project/certs.ts'
import { root } from '../project/paths.ts'
import { type Progress, setCurrent } from '../project/progress.ts'
import { ensureLesson } from '../project/starters.ts'
import { textOptions } from '../render/paint.ts'
import type { Runner } from '../run/runner.ts'
import { Session } from '../run/session.ts'
import { targetOf } from '../run/target.ts'
import { Terminal } from '../terminal/terminal.ts'
import { actionOf } from './actions.ts'
import { type Host, LessonControls } from './controls.ts'
import { lookAtFiles } from './files.ts'
import { follow } from './follow.ts'
import { frame } from './frame.ts'
import { selectedLesson, typeInList } from './list-view.ts'
import { initialState, type State } from './state.ts'
import { goodbye } from './texts.ts'

export interface Options {
  lesson: LessonManifest
  /** When each lesson that is done was done, by its slug. */
  done: Progress['done']
  /** Where the learner's server is to listen; 0 in lesson 01. */
  port: number
  /** Ends the screen. */
  stop: AbortSignal
  /** Whether this is the first time that the workshop is used here. */
  isFirst: boolean
  /** What the learner is to be told at the beginning; empty when there is nothing. */
  notice: string
}

/** Plays lessons on the terminal until the learner quits. */
export async function playOnScreen({ lesson, done, port, stop, isFirst, notice }: Options): Promise<void> {
  if (stop.aborted) return
  const app = new App(newState(lesson, Object.keys(done), port), port)
  app.state.notice = notice
  if (isFirst) app.state.view = { name: 'welcome' }
  stop.addEventListener('abort', app.quit)
  await app.play()
  console.log(goodbye(app.state))
}

class App implements Host {
  state: State
  session?: Session
  readonly terminal: Terminal
  #controls: LessonControls
  #port: number
  /** How far down one can scroll in what is on the screen now. */
  #last = 0
  #leave: (next?: LessonManifest) => void = () => {}
  #hasQuit = false
  #polls = false

  constructor(state: State, port: number) {
    this.state = state
    this.#port = port
    this.#controls = new LessonControls(this)
    const onKey = (key: string) => this.#press(key)
    this.terminal = new Terminal({ onKey, onResize: this.draw, onGone: this.quit })
  }

  /** Paints the state as it is now. */
  draw = (): void => {
    this.terminal.paint(() => {
      const drawn = frame(this.state, this.terminal.size, textOptions().paint)
      this.#last = drawn.last
      return drawn.lines
    })
  }

  /** The server on 8080 is another one now; who looks at its bytes is connected anew. */
  retap(): void {
    this.#controls.retap()
  }

  /** Saves are found by looking from now on, in the lessons that follow as well. */
  poll(): void {
    this.#polls = true
    this.session?.poll()
  }

  quit = (): void => {
    this.#hasQuit = true
    this.#leave()
  }

  /** Plays one lesson after the other. */
  async play(): Promise<void> {
    using terminal = this.terminal
    const runner = loadRunner()
    try {
      let next: LessonManifest | undefined = this.state.lesson
      while (next && !this.#hasQuit) next = await this.#playLesson(next, runner)
      terminal.giveBack() // what is still to be stopped needs no screen
    } finally {
      await this.session?.[Symbol.asyncDispose]()
      await (await runner).close()
    }
  }

  async #playLesson(lesson: LessonManifest, runner: Promise<Runner>): Promise<LessonManifest | undefined> {
    const { promise, resolve } = Promise.withResolvers<LessonManifest | undefined>()
    this.#leave = resolve
    await this.session?.[Symbol.asyncDispose]()
    const session = new Session(runner, lesson, this.#port, follow(this, this.state))
    this.session = session
    if (this.#polls) session.poll()
    this.draw()
    return Promise.race([promise, session.failed])
  }

  /** Leaves this lesson for another one, if that one can be played. */
  async goTo(lesson: LessonManifest): Promise<void> {
    if (lesson.slug === this.state.lesson.slug) return this.#controls.show('checks')
    let notice = ''
    if (hasServer(lesson)) {
      notice = (await ensureCerts()).news
      this.#port ||= await portToServe()
    }
    await ensureLesson(lesson.slug)
    targetOf({ kind: 'lesson' }, lesson) // throws when its entry file is not there
    const { done } = await setCurrent(lesson.slug, root, (line) => {
      notice = line
    })
    this.#controls.show('checks')
    const { editor } = this.state
    this.state = newState(lesson, [...this.state.done, ...Object.keys(done)], this.#port)
    this.state.editor = editor
    this.state.notice = notice
    this.draw()
    this.#leave(lesson)
  }

  #press(key: string): void {
    const { state } = this
    state.notice = ''
    lookAtFiles(state) // a save may wait for its check still
    if (key === 'ctrl-c') this.quit()
    else if (key === 'ctrl-l') this.terminal.repaint()
    else if (state.view.name === 'welcome') this.#controls.show('checks')
    else if (!this.#typed(key) && !this.#scrolled(key)) {
      void this.#perform(async () => actionOf(state, key)?.(this.#controls))
    }
    this.draw()
  }

  /** Does what a key asks for. What the system refuses is said, and nothing else changes. */
  async #perform(action: () => Promise<void>): Promise<void> {
    try {
      await action()
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      this.state.notice = error.message
    }
    this.draw()
  }

  #typed(key: string): boolean {
    const { view } = this.state
    if (view.name !== 'list') return false
    const lesson = selectedLesson(view, this.state)
    if (key === 'enter' && lesson) {
      void this.#perform(() => this.goTo(lesson))
      return true
    }
    const list = typeInList(view, key, this.state)
    if (list) this.state.view = list
    return list !== undefined
  }

  #scrolled(key: string): boolean {
    const page = Math.max(1, this.terminal.size.rows - 10)
    const steps: Record<string, number> = { up: -1, down: 1, pageup: -page, pagedown: page, ' ': page }
    const step = key === 'home' ? -Infinity : key === 'end' ? Infinity : steps[key]
    if (step === undefined) return false
    const scroll = Math.min(this.#last, this.state.scroll)
    this.state.scroll = Math.max(0, Math.min(this.#last, scroll + step))
    return true
  }
}

function newState(lesson: LessonManifest, done: Iterable<string>, port: number): State {
  const state = initialState({ lessons, lesson }, done, port)
  state.editor = editorOf()
  lookAtFiles(state)
  return state
}

/** Loads Vitest. That keeps this thread busy for a moment, so the first screen is painted before it begins. */
async function loadRunner(): Promise<Runner> {
  await nextTurn()
  const { Runner } = await import('../run/runner.ts')
  return Runner.create()
}
