/** A module of the learner's, called in a process of its own: whatever it does there, the checks go on. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Failure, Place } from '../../verdict.ts'
import { Misfortune } from '../failure.ts'
import { crashAtStart, deathAtStart } from './death.ts'
import { crashFrom } from './places.ts'
import type { CrashReport } from './probe.ts'
import type { LearnerServer } from './server.ts'

/** How long an import, or as many calls as are made at once, may take, in milliseconds. A busy machine needs some of it. */
const CALL_MS = 5000

/** How long a process that has answered may take to end of what a call did, in milliseconds. */
const DEATH_MS = 500

/** Where a process to call in comes from, and what gives it up. A check's context is one. */
export interface ModuleSource {
  /** A program that is held back before its first line, where it stays. */
  hold(): LearnerServer
  /** The learner's folder, absolute. */
  folder: string
  signal: AbortSignal
}

/** What came of a call: a value, the name of the type of another one (`undefined`, `Promise`), or an error. */
export type Outcome =
  | { value: string | number | boolean }
  | { type: string }
  | { thrown: { name: string; message: string; isTypeError: boolean; at?: Place } }

/** A module that was imported. What its calls do to the process is told as a `Misfortune`. */
export class LearnerModule implements AsyncDisposable {
  #process: LearnerServer
  #file: string
  #signal: AbortSignal

  private constructor(process: LearnerServer, file: string, signal: AbortSignal) {
    this.#process = process
    this.#file = file
    this.#signal = signal
    const stop = () => void process.stop()
    signal.addEventListener('abort', stop, { once: true })
    process.exited.then(() => signal.removeEventListener('abort', stop))
  }

  /** Imports a file of the learner's folder, for example `encode.ts`. */
  static async import({ hold, folder, signal }: ModuleSource, file: string): Promise<LearnerModule> {
    signal.throwIfAborted()
    const module = new LearnerModule(hold(), file, signal)
    try {
      await module.#import(join(folder, file))
      return module
    } catch (error) {
      await module[Symbol.asyncDispose]()
      throw error
    }
  }

  /**
   * Evaluates expressions, one after the other, in which every export has its name: `encode({ data: 'a' })`. They
   * have `CALL_MS` in all.
   */
  async evaluate(expressions: readonly string[]): Promise<Outcome[]> {
    const asked = expressions.map((expression) => this.#ask('evaluate', { expression }))
    const answers = (await Promise.all(asked)) as (Answer | undefined)[]
    const stopped = answers.indexOf(undefined)
    if (stopped >= 0) await this.#explain(`${shortened(expressions[stopped])} → a value`)
    return (answers as Answer[]).map((answer) => this.#outcome(answer))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#process.stop()
  }

  async #import(path: string): Promise<void> {
    const answer = await this.#ask('import', { url: pathToFileURL(path).href })
    const expected = `${this.#file}, ready to be called`
    if (answer === undefined) return this.#explain(expected)
    if (answer === true) return
    const { port, places } = this.#process
    const report = (answer as { error: CrashReport }).error
    const { name, message, code, at } = crashFrom(report, places)
    const isUnread = UNREAD.test(`${name} ${code}`)
    const said = isUnread ? crashAtStart({ port, places, entry: path }, report) : THROWN
    throw new Misfortune({ received: `${name}: ${message}`, at, ...said, expected })
  }

  #ask(question: 'import' | 'evaluate', values: object): Promise<unknown> {
    return this.#process.probe.ask(question, values, CALL_MS)
  }

  #outcome(answer: Answer): Outcome {
    if (!('error' in answer)) return answer
    const { name, message, at } = crashFrom(answer.error, this.#process.places)
    return { thrown: { name, message, at, isTypeError: answer.isTypeError } }
  }

  /** Tells why no answer came. */
  async #explain(expected: string): Promise<never> {
    const { crash } = this.#process
    const ended = await this.#process.diedWithin(DEATH_MS)
    this.#signal.throwIfAborted()
    if (!ended) throw new Misfortune({ expected, ...ENDLESS })
    const { exit, probe } = this.#process
    if (exit?.code == null || probe.isTooBig)
      throw new Misfortune({ ...deathAtStart(this.#process), expected })
    if (!crash) throw new Misfortune({ expected, ...exited(exit.code) })
    throw new Misfortune({ expected, received: `${crash.name}: ${crash.message}`, ...UNCAUGHT, at: crash.at })
  }
}

type Answer = Exclude<Outcome, { thrown: unknown }> | { error: CrashReport; isTypeError: boolean }

/** An expression that fits into a message. */
function shortened(expression = ''): string {
  return expression.length > 100 ? `${expression.slice(0, 99)}…` : expression
}

/** Errors of a file that could not even be read to its end. */
const UNREAD = /TransformError|SyntaxError|MODULE_NOT_FOUND/

type Words = Pick<Failure, 'received' | 'why' | 'fix'>

const ENDLESS: Words = {
  received: `no answer within ${CALL_MS / 1000} s`,
  why: 'Node runs one piece of your code at a time. Nobody gets an answer until this call has come to its end.',
  fix: 'Look for a while or for loop that can not end, or for an await at the top of the file that never does.',
}

const THROWN = {
  why: 'The file threw this error while it was imported, so nothing in it can be called.',
  fix: 'Correct what the error names. What stands outside of the functions runs at the import.',
}

const exited = (code: number): Words => ({
  received: `the end of the process, with exit code ${code}`,
  why: 'The function is one part of a server. A call that ends the process ends the server, for every client.',
  fix: 'Look for process.exit(). To say that something can not be done, throw an error.',
})

const UNCAUGHT = {
  why: 'This error was thrown when the call was over, so no caller could catch it, and it ended the process.',
  fix: 'Look for a timer or a promise that the call leaves behind.',
}
