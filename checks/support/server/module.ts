/** A module of the learner's, called in a process of its own: whatever it does there, the checks go on. */
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Failure, Place } from '../../verdict.ts'
import { Misfortune } from '../failure.ts'
import { within } from '../waiting.ts'
import { crashAtStart, deathAtStart } from './death.ts'
import { crashFrom, type Places } from './places.ts'
import type { CrashReport } from './probe.ts'
import { LearnerServer } from './server.ts'
import type { Program } from './types.ts'

/** How long the start of the process and the import may take, in milliseconds, on a machine that has nothing else to do. */
const IMPORT_MS = 10_000

/** The same for each call, from the answer to the one before it. */
const CALL_MS = 5000

/** The same for all calls that are made at once. */
const CALLS_MS = 15_000

/** How many times as long all of it may take on a machine that is busy. */
const PATIENCE = 3

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

/**
 * What came of a call: a value; the type of another one, such as `undefined` or `Promise`, or of a text of far too many
 * characters; or an error.
 */
export type Outcome =
  | { value: string | number | boolean }
  | { type: string; length?: number }
  | { thrown: { name: string; message: string; isTypeError: boolean; at?: Place } }

/** A module of the learner's folder, imported when it is first called. What its calls do to the process is told as a `Misfortune`. */
export class LearnerModule {
  #file: string
  #helpers?: string
  #process?: LearnerServer
  #imported?: Promise<void>

  /**
   * @param file for example `encode.ts`
   * @param helpers a module of ours, whose exports can be used in expressions as well: its address
   */
  constructor(file: string, helpers?: string) {
    this.#file = file
    this.#helpers = helpers
  }

  /** Starts the process ahead, for a run that waits to begin. */
  warmUp(program: Program): void {
    this.#process = new LearnerServer(program)
    void this.#process.warmUp()
  }

  /**
   * Evaluates expressions, one after the other, in which every export has its name: `encode({ data: 'a' })`. All of
   * them are on their way at once, so that many take hardly longer than one.
   *
   * @param awaits whether what a promise comes to is the outcome, and not the promise
   */
  async evaluate(
    source: ModuleSource,
    expressions: readonly string[],
    { awaits = false } = {},
  ): Promise<Outcome[]> {
    source.signal.throwIfAborted()
    if (!this.#process || (this.#process.exit && !this.#imported)) this.#process = source.hold()
    const process = this.#process
    const stop = () => void process.stop()
    source.signal.addEventListener('abort', stop, { once: true })
    try {
      this.#imported ??= this.#import(process, join(source.folder, this.#file))
      await this.#imported
      return await this.#call(process, expressions, awaits)
    } catch (error) {
      source.signal.throwIfAborted()
      throw error
    } finally {
      source.signal.removeEventListener('abort', stop)
    }
  }

  /** Ends the process. */
  async close(): Promise<void> {
    await this.#process?.stop()
  }

  async #import(process: LearnerServer, path: string): Promise<void> {
    const answer = await process.probe.ask(
      'import',
      { url: pathToFileURL(path).href, helpers: this.#helpers },
      patient(IMPORT_MS),
    )
    const expected = `${this.#file}, ready to be called`
    if (answer === undefined) return explain(process, expected, ENDLESS_IMPORT)
    if (answer === true) return
    const { port, places } = process
    const report = (answer as { error: CrashReport }).error
    const { name, message, code, at } = crashFrom(report, places)
    const isUnread = UNREAD.test(`${name} ${code}`)
    const said = isUnread ? crashAtStart({ port, places, entry: path }, report) : THROWN
    throw new Misfortune({ received: `${name}: ${message}`, at, ...said, expected })
  }

  async #call(process: LearnerServer, expressions: readonly string[], awaits: boolean): Promise<Outcome[]> {
    const { probe, places } = process
    const ms = patient(CALLS_MS)
    const end = performance.now() + ms
    const asked = expressions.map((expression) => probe.ask('evaluate', { expression, awaits }, ms))
    const outcomes: Outcome[] = []
    for (const [i, coming] of asked.entries()) {
      const answer = (await within(coming, patient(CALL_MS))) as Answer | undefined
      if (answer === undefined) {
        const words = performance.now() < end ? ENDLESS_CALL : SLOW_CALLS
        return explain(process, `${shortened(expressions[i])} → a value`, words)
      }
      outcomes.push('error' in answer ? thrownFrom(answer, places) : answer)
    }
    return outcomes
  }
}

type ErrorAnswer = { error: CrashReport; isTypeError: boolean }
type Answer = Exclude<Outcome, { thrown: unknown }> | ErrorAnswer

/** A time in milliseconds, or a longer one where several programs want each core, and this one gets its share. Windows does not tell. */
function patient(ms: number): number {
  const [load = 0] = loadavg()
  return ms * Math.min(PATIENCE, Math.max(1, load / availableParallelism()))
}

function thrownFrom({ error, isTypeError }: ErrorAnswer, places: Places): Outcome {
  const { name, message, at } = crashFrom(error, places)
  return { thrown: { name, message, at, isTypeError } }
}

/** Tells why no answer came in time. */
async function explain(process: LearnerServer, expected: string, endless: Words): Promise<never> {
  const isOver = await process.diedWithin(DEATH_MS)
  const { exit, crash, probe } = process
  if (!isOver) throw new Misfortune({ expected, ...endless })
  if (exit?.code == null || probe.isTooBig) throw new Misfortune({ ...deathAtStart(process), expected })
  if (!crash) throw new Misfortune({ expected, ...exited(exit.code) })
  throw new Misfortune({ expected, received: `${crash.name}: ${crash.message}`, ...UNCAUGHT, at: crash.at })
}

/** An expression that fits into a message. */
function shortened(expression = ''): string {
  return expression.length > 100 ? `${expression.slice(0, 99)}…` : expression
}

/** Errors of a file that could not even be read to its end. */
const UNREAD = /TransformError|SyntaxError|MODULE_NOT_FOUND/

type Words = Pick<Failure, 'received' | 'why' | 'fix'>

const ENDLESS_IMPORT: Words = {
  received: 'an import that does not come to its end',
  why: 'What stands outside of the functions runs at the import, and nothing can be called before that is over.',
  fix: 'Look for a loop that can not end, or an await that never does, outside of the functions.',
}

const ENDLESS_CALL: Words = {
  received: 'no answer: the call does not come to its end',
  why: 'Node runs one piece of your code at a time. Nobody gets an answer until this call has come to its end.',
  fix: 'Look for a while or for loop that can not end.',
}

const SLOW_CALLS: Words = {
  received: 'no answer yet: this call, and those before it, take far too long',
  why: 'A server makes such a call for each event, and every client waits for it.',
  fix: 'Look for a loop that goes through the same text again and again, or for something that waits.',
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
