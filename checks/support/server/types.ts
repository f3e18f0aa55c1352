/** What a learner's server is started with, and what is known of it. */
import type { Failure, Place } from '../../verdict.ts'

/** A program that can be run. */
export interface Program {
  /** The folder of the program, absolute. */
  folder: string
  /** The file to run, for example `server.ts`. */
  entry: string
  /** The project's folder, absolute: the program's working directory. */
  root: string
  /** The files of the folder that the learner edits, where somebody knows. */
  edit?: readonly string[]
}

export interface ServeOptions {
  /** Added to our environment. */
  env?: Record<string, string>
  /** The value of `PORT`; a free port by default. */
  port?: number
  /** Its timers run ahead from its first line on, until a `hurry` of the server ends. */
  isHurried?: boolean
  /** Gives up the start, or stops the server later. */
  signal?: AbortSignal
  /** Called with everything that the program prints. */
  onOutput?(text: string): void
}

/** A call of the learner's code that can be looked up: the last one for a request of `path`. */
export interface Call {
  call: 'respond' | 'write' | 'end'
  /** As it was asked for, with its query. */
  path: string
}

/** An uncaught error, which may have ended the process or not. */
export interface Crash {
  kind: 'uncaughtException' | 'unhandledRejection'
  name: string
  message: string
  code?: string
  /** Where it was thrown, or the first call below that in the learner's code. */
  at?: Place
  /** Where the name that is not defined could be imported from: a file of the learner's own. */
  exporter?: string
}

/** How a process ended: one of `code` and `signal` is null. */
export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
  crash?: Crash
}

/** What lives in the process, after garbage was collected. Memory in bytes. */
export interface Sample {
  timers: number
  streams: number
  /** Streams that are over, and that something still keeps in memory. */
  closedStreams: number
  /** The same of connections. */
  closedSessions: number
  sockets: number
  listeners: number
  memory: { rss: number; heapUsed: number; external: number; arrayBuffers: number }
  /** Writes to streams that had closed, since the start, and where the first was made. */
  lateWrites: { count: number; at?: Place }
  /** The same of streams that the program has ended itself. */
  writesAfterEnd: { count: number; at?: Place }
}

/** What waits in a stream for its client to read it. */
export interface Waiting {
  bytes: number
  /** Its `writableLength`: fewer where strings wait, of which it counts the characters. */
  counted: number
}

/** A timer that runs in the process. */
export interface RunningTimer {
  /** Later ones have higher numbers. */
  id: number
  /** How long it was set for, in milliseconds. */
  ms: number
}

/** Thrown when a server does not start; `failure` says why, in the learner's words. */
export class StartError extends Error {
  override name = 'StartError'
  failure: Failure
  /** What the program printed. */
  output: string
  /** How it ended: by itself, or because it was stopped. */
  exit: Exit

  constructor(failure: Failure, output: string, exit: Exit) {
    super(failure.received)
    this.failure = failure
    this.output = output
    this.exit = exit
  }
}
