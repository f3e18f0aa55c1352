/** Asks Vitest for runs of a lesson's checks, and turns what it reports into verdicts. */
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import {
  createVitest,
  type TestCase,
  type TestRunResult,
  type TestUserConfig,
  type Vitest,
} from 'vitest/node'
import { lessons } from '../../checks/lessons.ts'
import { type LessonManifest, lessonNumber } from '../../checks/manifest.ts'
import { Gate } from '../../checks/support/gate.ts'
import type { Run } from '../../checks/support/subject.ts'
import type { CheckResult, Verdict } from '../../checks/verdict.ts'
import { root } from '../project/paths.ts'
import { withoutBrokenOff } from './broken-off.ts'
import { resultOf, throwBroken, verdictOf } from './results.ts'
import type { Target } from './target.ts'

export interface RunOptions {
  /** Cancels the run. The verdict then holds what was known by then, and has not passed. */
  signal?: AbortSignal
  /** Called as each check comes to its end. */
  onCheck?: (result: CheckResult) => void
  /** Leaves out the checks of the lessons before. */
  alone?: boolean
}

/** Where runs go on, as Vitest is told, and who keeps a browser from one to the next, where they share a thread. */
export interface Threads {
  pool: TestUserConfig['pool']
  isolate: boolean
  keeper?: string
}

/** A new thread for each run. */
const FRESH: Threads = { pool: 'threads', isolate: false }

/** A run whose worker waits for the word to begin. */
interface Prepared {
  run: Run
  gate: Gate
  result: Promise<TestRunResult>
}

/** Makes the name of each gate its own, also where one process has several runners. */
let gates = 0

/** Runs checks, one run at a time, in a worker thread that starts the target's server and stops it. */
export class Runner implements AsyncDisposable {
  #vitest: Vitest
  #keeper?: string
  #onTest: (test: TestCase) => void = () => {}
  #prepared?: Prepared

  private constructor(vitest: Vitest, keeper?: string) {
    this.#vitest = vitest
    this.#keeper = keeper
  }

  /** Loads Vitest, which takes about as long as a run. */
  static async create({ keeper, ...pool }: Threads = FRESH): Promise<Runner> {
    const onTestCaseResult = (test: TestCase) => runner.#onTest(test)
    const options = { ...OPTIONS, ...pool, reporters: [{ onTestCaseResult }] }
    const before = HANDLED.map((event) => process.listeners(event))
    const vitest = await createVitest('test', options, {}, { stdout: nowhere() })
    // Vitest watches the checks all the same: a change to them would bring checks of other lessons into a run.
    await vitest.vite.watcher.close()
    const runner: Runner = new Runner(vitest, keeper)
    // Vitest would end the process a millisecond after Ctrl-C, and leave the learner's server behind; and it would
    // print a fault of ours on a screen that is gone with it.
    for (const [index, event] of HANDLED.entries()) {
      const added = process.listeners(event).filter((listener) => !before[index]?.includes(listener))
      for (const listener of added) process.off(event, listener)
    }
    return runner
  }

  /** Runs the checks of a lesson against a target. */
  async run(lesson: LessonManifest, target: Target, options: RunOptions = {}): Promise<Verdict> {
    const started = performance.now()
    const checks: CheckResult[] = []
    let output = ''
    const run = runOf(lesson, target)
    if (options.alone) run.earlier = []
    if (!this.#isPrepared(run)) await this.#discard()
    this.#onTest = (test) => {
      const result = resultOf(test, target)
      const printed = test.meta().check?.output ?? ''
      // Where a check fails, what others did to the program before would hide what helps.
      output = result.state === 'failed' ? withoutBrokenOff(output) + printed : output + printed
      checks.push(result)
      options.onCheck?.(result)
    }
    const result = await this.#follow(this.#begin(run), options.signal)
    const cancelled = options.signal?.aborted ?? false
    if (!cancelled) throwBroken(lesson.slug, result)
    return verdictOf({ lesson, target, checks, output, cancelled, ms: performance.now() - started })
  }

  /**
   * Makes the next run ready: its worker starts and loads the checks, and begins when `run` is called for the same
   * lesson and target. Whoever waits for the verdict then waits for the server alone. Resolves when it is ready.
   */
  async prepare(lesson: LessonManifest, target: Target): Promise<void> {
    await this.#discard()
    const gate = new Gate(`gate-${process.pid}-${gates++}`)
    const run = { ...runOf(lesson, target), gate: gate.name }
    const result = this.#ask(run)
    this.#prepared = { run, gate, result }
    // A run that ends before it was ready has failed to load; whoever takes it over is told.
    await Promise.race([gate.ready, result.catch(() => {})])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#discard()
    await this.#vitest.close()
  }

  /**
   * Closes Vitest at the end of a command. It never comes to an end when the terminal that its worker wrote to was
   * closed, and takes its time on a busy machine. By then every server is stopped, so it is left to the end of the
   * process, which is as good an end as any other.
   */
  async close(): Promise<void> {
    const given = Promise.withResolvers<void>()
    const timer = setTimeout(given.resolve, CLOSE_MS)
    await Promise.race([this[Symbol.asyncDispose](), given.promise])
    clearTimeout(timer)
  }

  /** Begins a run: the prepared one, or else a new one. */
  async #begin(run: Run): Promise<TestRunResult> {
    const prepared = this.#prepared
    if (!prepared) return this.#ask(run)
    this.#prepared = undefined
    void prepared.gate.say('begin')
    return prepared.result.finally(() => prepared.gate.close())
  }

  async #follow(result: Promise<TestRunResult>, signal?: AbortSignal): Promise<TestRunResult> {
    const cancel = () => void this.#vitest.cancelCurrentRun('keyboard-input')
    if (signal?.aborted) cancel()
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      return await result
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }

  #isPrepared(run: Run): boolean {
    const prepared = this.#prepared
    return prepared !== undefined && isDeepStrictEqual({ ...run, gate: prepared.gate.name }, prepared.run)
  }

  /** Ends the prepared run. Its checks come to an end as well: that is no result of any run. */
  async #discard(): Promise<void> {
    const prepared = this.#prepared
    this.#prepared = undefined
    this.#onTest = () => {}
    void prepared?.gate.say('end')
    await prepared?.result.catch(() => {})
    prepared?.gate.close()
  }

  #ask(run: Run): Promise<TestRunResult> {
    this.#vitest.provide('run', { ...run, keeper: this.#keeper })
    const file = join(root, 'checks', run.slug, 'check.ts')
    return this.#vitest.runTestSpecifications([this.#vitest.getRootProject().createSpecification(file)])
  }
}

function runOf({ slug, entry, edit }: LessonManifest, target: Target): Run {
  const isEarlier = (other: LessonManifest) =>
    other.entry === entry && lessonNumber(other.slug) < lessonNumber(slug)
  return { slug, earlier: lessons.filter(isEarlier).map(({ slug }) => slug), entry, edit, root, target }
}

const HANDLED = ['SIGINT', 'SIGTERM', 'unhandledRejection'] as const

/** Vitest hides the cursor of a terminal that it may write to. It has nothing to say there. */
const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

/** How long Vitest may take to close, in milliseconds. */
const CLOSE_MS = 5000

/** No check takes this long, in milliseconds: each of its waits has a bound of its own, and a browser takes its time. */
const CHECK_MS = 60_000

const OPTIONS: TestUserConfig = {
  config: false,
  root,
  include: ['checks/*/check.ts'],
  watch: true, // so that Vitest stays after a run; what is watched are the learner's files, and by us
  maxWorkers: 1,
  fileParallelism: false,
  testTimeout: CHECK_MS,
  hookTimeout: CHECK_MS,
  disableConsoleIntercept: true,
}
