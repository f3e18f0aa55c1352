/** A lesson at work: the learner's folder watched, its code checked on each save, its server kept on 8080. */
import { hasServer, type LessonManifest } from '../../checks/manifest.ts'
import type { CheckResult, Verdict } from '../../checks/verdict.ts'
import { UsageError } from '../errors.ts'
import { ensureCerts } from '../project/certs.ts'
import { recordEnd, recordLive } from '../project/live.ts'
import { lessonFolder, root } from '../project/paths.ts'
import { markDone } from '../project/progress.ts'
import { Display } from './display.ts'
import type { Runner } from './runner.ts'
import { type Target, targetFault, targetOf } from './target.ts'
import { typeNotes } from './typecheck.ts'
import { needsPolling, watchFolder } from './watch.ts'

/** How long TypeScript may think, in milliseconds. Meanwhile the verdict is on the screen. */
const TYPES_MS = 10_000

/** Who is told what happens in a session. Nothing of it is waited for. */
export interface Follower {
  /** A run of the checks begins, and whatever is known of the code before it is old. */
  onBegin?(): void
  /** One check came to its end. */
  onCheck?(result: CheckResult): void
  /** A run that no newer save cancelled has ended. */
  onVerdict(verdict: Verdict): void
  /** The slugs of all lessons that are done, those of another terminal among them. */
  onDone?(slugs: string[]): void
  /** What TypeScript has to say about the code of the last verdict. */
  onNotes(notes: string[]): void
  /** The server on 8080 begins anew, and with it what it prints. */
  onRestart?(): void
  /** It listens now, if the code is such that it can. */
  onServed?(): void
  onPrinted(text: string): void
  /** A save that the system's file watcher did not tell of. It is checked all the same. */
  onMissed?(): void
  /** Something that the session goes on without, in one line: a full disk, a server that ended. */
  onTrouble(line: string): void
}

export class Session implements AsyncDisposable {
  readonly lesson: LessonManifest
  /** Where the learner's server answers; undefined in lesson 01, which has none. */
  readonly origin?: string
  /** Rejects when the workshop itself fails: the session is then of no more use. Never resolves. */
  readonly failed: Promise<never>
  #runner: Promise<Runner>
  #target: Target
  #display?: Display
  #follower: Follower
  #current = new AbortController()
  #turn: Promise<void> = Promise.resolve()
  #fail: (error: unknown) => void
  #unwatch: Promise<() => Promise<void>>

  /**
   * Watches at once and checks as soon as `runner` is ready.
   *
   * @param port where the learner's server is to listen
   * @throws UsageError when the lesson's entry file is not there
   */
  constructor(runner: Promise<Runner>, lesson: LessonManifest, port: number, follower: Follower) {
    const { promise, reject } = Promise.withResolvers<never>()
    promise.catch(() => {}) // whoever races with it is told; without anyone, the session has ended
    this.failed = promise
    this.#fail = reject
    this.lesson = lesson
    this.#runner = runner
    this.#follower = follower
    this.#target = targetOf({ kind: 'lesson' }, lesson)
    if (hasServer(lesson)) {
      this.#display = new Display(lessonFolder(lesson.slug), port, {
        onOutput: (text) => follower.onPrinted(text),
        onDeath: (how) => follower.onTrouble(`Your server on port ${port} ${how}. Save to start it again.`),
      })
      this.origin = this.#display.origin
    }
    this.#unwatch = this.#watch(needsPolling())
    this.check()
  }

  /** Checks the code as it is now, as a save does; a run under way is cancelled. */
  check(): void {
    this.#current.abort()
    this.#current = new AbortController()
    const { signal } = this.#current
    this.#turn = this.#turn.then(() => this.#check(signal)).catch(this.#fail)
  }

  /** From now on, looks at the files several times a second, instead of waiting for the system to tell. */
  poll(): void {
    this.#unwatch = this.#unwatch.then(async (unwatch) => {
      await unwatch()
      return this.#watch(true)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#current.abort()
    await this.#unwatch.then((unwatch) => unwatch())
    await this.#turn
    await this.#display?.[Symbol.asyncDispose]()
    await recordEnd(this.lesson.slug).catch((error) => {
      if (!(error instanceof UsageError)) throw error // nobody is there any more to be told of a full disk
    })
  }

  #watch(polling: boolean): Promise<() => Promise<void>> {
    const onMissed = () => this.#follower.onMissed?.()
    return watchFolder(lessonFolder(this.lesson.slug), () => this.check(), { polling, onMissed })
  }

  async #check(signal: AbortSignal): Promise<void> {
    const follower = this.#follower
    const runner = await this.#runner
    if (signal.aborted) return
    const fault = targetFault(this.#target, this.lesson)
    if (fault) return follower.onTrouble(fault)
    if (hasServer(this.lesson)) await this.#mendCerts()
    follower.onBegin?.()
    const onCheck = (result: CheckResult) => {
      if (!signal.aborted) follower.onCheck?.(result)
    }
    const verdict = await runner.run(this.lesson, this.#target, { signal, onCheck })
    if (signal.aborted) return
    follower.onVerdict(verdict)
    follower.onRestart?.()
    await this.#remember(verdict)
    if (signal.aborted) return
    void this.#serve(verdict).catch(this.#fail)
    await runner.prepare(this.lesson, this.#target)
    if (signal.aborted || this.#target.kind === 'address') return
    const notes = await typeNotes(this.#target.folder, this.lesson.entry, TYPES_MS, signal)
    if (!signal.aborted) follower.onNotes(notes)
  }

  /** Half a pair, which a program leaves that stops between the two files, is made whole before a server reads it. */
  async #mendCerts(): Promise<void> {
    try {
      const { made, news } = await ensureCerts()
      if (made) this.#follower.onTrouble(news)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      this.#follower.onTrouble(error.message)
    }
  }

  /** Starts the code anew on 8080. Where it fails although it passed, something else is wrong: that is said. */
  async #serve({ passed }: Verdict): Promise<void> {
    const fault = await this.#display?.restart()
    if (fault && passed) this.#follower.onTrouble(`Your server is not at ${this.origin}: ${fault}`)
    this.#follower.onServed?.()
  }

  /** Notes progress for the learner, and the verdict for the site. A disk that is full ends no lesson. */
  async #remember(verdict: Verdict): Promise<void> {
    try {
      if (verdict.passed) {
        const tell = (line: string) => this.#follower.onTrouble(line)
        const { done } = await markDone(verdict.lesson.slug, root, tell)
        this.#follower.onDone?.(Object.keys(done))
      }
      await recordLive(verdict)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      this.#follower.onTrouble(error.message)
    }
  }
}
