/** A learner's server as a resource: started, known from outside and inside, and gone without a trace. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { Place } from '../../verdict.ts'
import { within } from '../waiting.ts'
import type { Frame } from './callers.ts'
import { Output } from './output.ts'
import { crashFrom, Places, realPath } from './places.ts'
import { isFree } from './ports.ts'
import { Probe } from './probe.ts'
import { killGroup, leashGone, pauseGroup, resumeGroup, signalProcess, spawnProgram } from './spawn.ts'
import type { Call, Crash, Exit, Program, RunningTimer, Sample, Waiting } from './types.ts'

/** Milliseconds from SIGTERM to SIGKILL. */
const TERM_MS = 500

/** Milliseconds that pipes may outlive their process; a grandchild that left the group could hold them for ever. */
const PIPES_MS = 1000

/** Milliseconds for grandchildren to let go of the port, once they were killed. */
const PORT_MS = 250

/** Milliseconds within which an event loop that is not blocked answers. */
const ALIVE_MS = 500

/** Milliseconds for a process whose event loop has ended to be gone, on a busy machine. */
const ENDING_MS = 500

/** Milliseconds for Node to start and to load its tools, on a busy machine. */
const WARM_MS = 5000

/** Milliseconds for a census, which collects garbage first. */
const SAMPLE_MS = 3000

const ENDED = 'the server ended during the check'
const BLOCKED = `the server did not answer within ${SAMPLE_MS / 1000} s: its event loop is blocked`

export class LearnerServer implements AsyncDisposable {
  /** Where it is to listen: no other program does. 0 when it is to listen nowhere. */
  port = 0
  pid: number
  /** Resolves when the process has ended and all that it printed is read. Never rejects. */
  exited: Promise<Exit>
  /** Set once the process has ended. */
  exit?: Exit
  /** When it was told to end, by a signal or because nobody needs it any more: in milliseconds since 1970. */
  toldToEnd?: number
  /** Set when the system could not start the process at all. */
  spawnError?: Error
  probe: Probe
  places: Places
  /** The file that is run, absolute. */
  entry: string
  #child: ChildProcess
  #output: Output
  #stopping?: Promise<void>

  /** Starts the process, and holds it back before the program's first line. `serve` lets it go on. */
  constructor({ folder, entry, root, edit }: Program) {
    const child = spawnProgram(root, folder, entry)
    const [, stdout, stderr, questions, reports] = child.stdio as [
      null,
      Readable,
      Readable,
      Writable,
      Readable,
    ]
    this.pid = child.pid ?? 0
    this.places = new Places(realPath(folder), realPath(root), edit)
    this.entry = join(folder, entry)
    this.probe = new Probe(questions, reports)
    this.#child = child
    this.#output = new Output()
    this.#output.follow(stdout)
    this.#output.follow(stderr)
    this.exited = this.#awaitExit()
  }

  get origin(): string {
    return `https://localhost:${this.port}`
  }

  /** Lets the program begin, with `env` added to our environment. `onOutput` is called with all that it prints. */
  run(env: Record<string, string>, onOutput?: (text: string) => void): void {
    this.#output.onText = onOutput
    this.probe.run(env)
  }

  /** Makes a program that waits as quick as can be. Resolves when it is, or when the process has ended. */
  async warmUp(): Promise<void> {
    await this.probe.ask('warm', {}, WARM_MS)
  }

  /** What the program printed, both streams as they came; of long output, the beginning and the end. */
  get output(): string {
    return this.#output.text
  }

  /** The last uncaught error, also when the process lives on. */
  get crash(): Crash | undefined {
    return this.probe.crash && crashFrom(this.probe.crash, this.places)
  }

  /** Counts what lives in the process. Throws when it is too busy to answer, or has ended. */
  async sample(): Promise<Sample> {
    const sample = (await this.probe.ask('sample', {}, SAMPLE_MS)) as CensusAnswer | undefined
    if (!sample) throw new Error((await this.diedWithin(ENDING_MS)) ? ENDED : BLOCKED)
    const placed = ({ count, stack }: CensusAnswer['lateWrites']) => ({
      count,
      at: this.places.inCalls(stack),
    })
    const { lateWrites, writesAfterEnd } = sample
    return { ...sample, lateWrites: placed(lateWrites), writesAfterEnd: placed(writesAfterEnd) }
  }

  /** The timers that run in it now, those of Node as well. Empty when it is too busy to answer, or has ended. */
  async timers(): Promise<RunningTimer[]> {
    return ((await this.probe.ask('timers', {}, SAMPLE_MS)) as RunningTimer[] | undefined) ?? []
  }

  /** How much waits in each of its open streams. Empty when it is too busy to answer, or has ended. */
  async waiting(): Promise<Waiting[]> {
    return ((await this.probe.ask('waiting', {}, SAMPLE_MS)) as Waiting[] | undefined) ?? []
  }

  /**
   * Lets a minute go by for what `act` sets going: the timers that are set meanwhile, and by those in their turn, run
   * ahead in their order. Timers that were set before do not.
   *
   * @param slowness 1 for full speed; with 2, all takes twice as long, and the other side has more time to answer
   */
  async hurry<T>(act: () => Promise<T>, slowness: number): Promise<T> {
    await this.hurryAhead(slowness)
    try {
      return await act()
    } finally {
      await this.probe.ask('calm', {}, SAMPLE_MS)
    }
  }

  /** Lets the timers that are set from now on run ahead, also while the program still waits for the word to run. */
  async hurryAhead(slowness = 1): Promise<void> {
    await this.probe.ask('hurry', { slowness }, WARM_MS)
  }

  /** Where in the learner's code the call that was made last got its values from; undefined when there was none, or the process is too busy. */
  async where(call: Call): Promise<Place | undefined> {
    const stack = await this.#stackOf(call)
    return stack && this.places.ofGiver(stack)
  }

  /** Where in the learner's code that call stands itself. */
  async whereItself(call: Call): Promise<Place | undefined> {
    const stack = await this.#stackOf(call)
    return stack && this.places.inCalls(stack)
  }

  /** Whether the process runs, but its event loop is blocked. That of a process which is just ending is gone. */
  async isBusy(): Promise<boolean> {
    if (this.exit || (await this.wakesWithin(ALIVE_MS))) return false
    return !(await this.diedWithin(ENDING_MS))
  }

  /** Whether the event loop turns, or does within `ms` milliseconds. */
  async wakesWithin(ms: number): Promise<boolean> {
    return (await this.probe.ask('alive', {}, ms)) === true
  }

  /** Whether the process has ended, or does within `ms` milliseconds. Waits for what it printed last. */
  async diedWithin(ms: number): Promise<boolean> {
    await within(this.exited, ms)
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) await this.exited
    return this.exit !== undefined
  }

  /** Holds the process still while `act` goes on: what has come by then, it reads at once. Not on Windows. */
  async standStill(act: () => Promise<void>): Promise<void> {
    pauseGroup(this.pid)
    try {
      await act()
    } finally {
      resumeGroup(this.pid)
    }
  }

  /** Sends the process a signal, as a service manager does, or a terminal at Ctrl-C. Windows has none to send. */
  signal(name: 'SIGTERM' | 'SIGINT'): void {
    this.toldToEnd ??= Date.now()
    signalProcess(this.pid, name)
  }

  /** Ends the process and its group: SIGTERM, and SIGKILL half a second later. Can be called again. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #stackOf({ call, path }: Call): Promise<Frame[] | undefined> {
    return (await this.probe.ask('where', { what: call, path }, ALIVE_MS)) as Frame[] | undefined
  }

  async #stop(): Promise<void> {
    this.toldToEnd ??= Date.now()
    if (!this.exit && this.pid) {
      killGroup(this.pid, 'SIGTERM')
      if (!(await this.diedWithin(TERM_MS))) killGroup(this.pid, 'SIGKILL')
    }
    await this.exited
  }

  async #awaitExit(): Promise<Exit> {
    const child = this.#child
    const closed = once(child, 'close').catch(() => {})
    try {
      await once(child, 'exit')
      if (killGroup(this.pid, 'SIGKILL')) await this.#portFree()
      await within(closed, PIPES_MS)
      for (const pid of this.probe.children) killGroup(pid, 'SIGKILL') // those that left the group
    } catch (error) {
      this.spawnError = error as Error
    }
    for (const stream of child.stdio) stream?.destroy()
    await leashGone(child)
    this.exit = { code: child.exitCode, signal: child.signalCode, crash: this.crash }
    return this.exit
  }

  async #portFree(): Promise<void> {
    const end = performance.now() + PORT_MS
    while (performance.now() < end && !(await isFree(this.port))) await delay(5)
  }
}

type CensusAnswer = Omit<Sample, 'lateWrites' | 'writesAfterEnd'> &
  Record<'lateWrites' | 'writesAfterEnd', { count: number; stack: Place[] }>
