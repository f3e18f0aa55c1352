/** Our end of the probe's two pipes: what it reports, what can be asked of it, and the word to run. */
import type { Readable, Writable } from 'node:stream'

/** What kind of server it is. `net` and `tls` know nothing of HTTP; `http2-plain` has no TLS. */
export type ServerKind = 'http2' | 'http2-plain' | 'https' | 'http' | 'tls' | 'net'

/** A server that listens. `address` is a path when it listens on a pipe. */
export interface Listening {
  kind: ServerKind
  address: { address: string; port: number } | string
  /** When it was reported, by `performance.now()`. */
  since: number
}

export interface CrashReport {
  origin: 'uncaughtException' | 'unhandledRejection'
  /** In milliseconds since 1970. */
  time: number
  name: string
  message: string
  stack: string
  code?: string
  path?: string
  port?: number
}

type Report =
  | { type: 'listening'; kind: ServerKind; address: Listening['address'] }
  | { type: 'listen-error'; code: string; port?: number }
  | ({ type: 'crash' } & CrashReport)
  | { type: 'growing' | 'memory' }
  | { type: 'child' | 'child-end'; pid: number }
  | { type: 'answer'; id: number; answer: unknown }

/** What the probe can be asked, each with an answer. */
type Question =
  | 'warm'
  | 'alive'
  | 'sample'
  | 'timers'
  | 'waiting'
  | 'where'
  | 'hurry'
  | 'calm'
  | 'import'
  | 'evaluate'

export class Probe {
  listening: Listening[] = []
  listenError?: { code: string; port?: number }
  /** The last uncaught error. */
  crash?: CrashReport
  /** The process has taken half of the memory that it may take. */
  isGrowing = false
  /** The process grew past the bound, and the probe ended it. */
  isTooBig = false
  /** The programs that it started itself, and that still run. */
  children = new Set<number>()
  #questions: Writable
  #answers = new Map<number, (answer: unknown) => void>()
  #lastId = 0
  #news = Promise.withResolvers<void>()

  constructor(questions: Writable, reports: Readable) {
    this.#questions = questions
    questions.on('error', () => {}) // the process has ended; its exit says so
    reports.on('error', () => {})
    let text = ''
    reports.setEncoding('utf8')
    reports.on('data', (chunk: string) => {
      const lines = (text + chunk).split('\n')
      text = lines.pop() ?? ''
      for (const line of lines) this.#take(JSON.parse(line))
    })
    reports.on('close', () => {
      for (const settle of this.#answers.values()) settle(undefined)
    })
  }

  /** Resolves at the next report. */
  get news(): Promise<void> {
    return this.#news.promise
  }

  /** Lets the program begin, with `env` added to its environment. Can be said before it is ready for it. */
  run(env: Record<string, string>): void {
    this.#send({ ask: 'run', env })
  }

  /** Asks the probe; undefined when the event loop did not answer within `ms` milliseconds, or the process ended. */
  ask(ask: Question, question: object, ms: number): Promise<unknown> {
    const id = ++this.#lastId
    return new Promise((resolve) => {
      const settle = (answer: unknown) => {
        clearTimeout(timer)
        this.#answers.delete(id)
        resolve(answer)
      }
      const timer = setTimeout(settle, ms, undefined)
      this.#answers.set(id, settle)
      this.#send({ id, ask, ...question })
    })
  }

  #send(question: object): void {
    this.#questions.write(`${JSON.stringify(question)}\n`)
  }

  #take(report: Report): void {
    if (report.type === 'answer') {
      this.#answers.get(report.id)?.(report.answer)
      return
    }
    if (report.type === 'listening') this.listening.push({ ...report, since: performance.now() })
    if (report.type === 'listen-error') this.listenError = report
    if (report.type === 'crash') this.crash = report
    if (report.type === 'growing') this.isGrowing = true
    if (report.type === 'memory') this.isTooBig = true
    if (report.type === 'child') this.children.add(report.pid)
    if (report.type === 'child-end') this.children.delete(report.pid)
    this.#news.resolve()
    this.#news = Promise.withResolvers()
  }
}
