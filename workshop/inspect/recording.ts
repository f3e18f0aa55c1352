/** One answer from its head to its end, as far as it is listened to. */
import { concat } from '../../checks/wire/bytes.ts'
import { type Drip, DripWatch } from '../../checks/wire/drip.ts'
import { fieldOf } from '../../checks/wire/head-rules.ts'
import { createEventReader, type ParsedEvent } from '../../checks/wire/parse.ts'
import type { AnswerHead, Ending, Listener } from './answer.ts'
import { BlockCutter } from './blocks.ts'
import { type Times, Timing } from './timing.ts'
import { type Unpacker, unpacker } from './unpack.ts'

/** When it is enough. */
export interface Limits {
  ms: number
  events: number
}

/** Why we left, when the server would have gone on. */
export type LeftFor = 'time' | 'events' | 'bytes' | 'you'

export interface Recording {
  head?: AnswerHead
  /** The body, unpacked. */
  bytes: Uint8Array
  /** The events, the first of them. */
  events: ParsedEvent[]
  /** What the client would send as `Last-Event-ID` now. */
  lastEventId: string
  retry?: number
  /** How many comments came. */
  comments: number
  /** How many bytes came, before they were unpacked. */
  received: number
  times: Times
  /** The line that took the longest, where any came a few bytes at a time. */
  drip?: Drip
  ending: Ending
  leftFor?: LeftFor
  /** Whether a block that is not finished by now may be blamed for that. */
  complete: boolean
  /** Why the body could not be unpacked. */
  unpackFault?: string
}

/** One block of the stream, as it came. */
export interface Happening {
  /** In milliseconds. */
  at: number
  block: Uint8Array
  events: ParsedEvent[]
  /** Whether its blank line came. */
  finished: boolean
}

/** Who looks on while a recording is made. */
export interface Watcher {
  head?(head: AnswerHead): void
  happened?(happening: Happening): void
}

/**
 * What is read of a stream at most, in bytes; of a compressed one, unpacked. Whatever the bytes are, the program stays
 * below 200 MB with it: twelve million bytes of empty events took more.
 */
export const MOST_BYTES = 8 * 2 ** 20

/** So many blocks are read, and shown, one by one. */
export const APART = 500

/** So many events are kept. */
const KEPT_EVENTS = 10_000

/** A message that has had so long to be finished, in milliseconds, is not going to be. */
const FINISH_MS = 2000

/**
 * @param begin starts the answer, and returns how it is left
 */
export async function record(
  begin: (listener: Listener) => Promise<{ leave(): void }>,
  limits: Limits,
  signal: AbortSignal,
  watcher: Watcher = {},
): Promise<Recording> {
  const recorder = new Recorder(limits, watcher)
  const answer = await begin(recorder)
  return recorder.until(answer, signal)
}

class Recorder implements Listener {
  readonly #limits: Limits
  readonly #watcher: Watcher
  readonly #timing = new Timing()
  readonly #drip = new DripWatch()
  readonly #cutter = new BlockCutter()
  readonly #reader = createEventReader()
  #unpacker: Unpacker = unpacker(undefined, (bytes, at) => this.#take(bytes, at))
  #head: AnswerHead | undefined
  #chunks: Uint8Array[] = []
  #kept = 0
  #packed = 0
  #events: ParsedEvent[] = []
  #count = 0
  #blocks = 0
  #comments = 0
  #lastEventId = ''
  #retry: number | undefined
  /** Since when a block has been waiting for its blank line. */
  #openSince: number | undefined
  #leave: ((leftFor: LeftFor) => void) | undefined
  #leftFor: LeftFor | undefined
  #last = 0
  readonly #over = Promise.withResolvers<Ending>()

  constructor(limits: Limits, watcher: Watcher) {
    this.#limits = limits
    this.#watcher = watcher
  }

  head(head: AnswerHead): void {
    this.#head = head
    this.#timing.head(head.ms)
    this.#unpacker = unpacker(fieldOf(head.fields, 'content-encoding'), (bytes, at) => this.#take(bytes, at))
    this.#watcher.head?.(head)
  }

  bytes(bytes: Uint8Array, at: number): void {
    this.#last = at
    this.#packed += bytes.length
    if (this.#leftFor === undefined) this.#unpacker.feed(bytes, at)
    if (this.#packed >= MOST_BYTES) this.#stop('bytes')
  }

  end(ending: Ending): void {
    this.#over.resolve(ending)
  }

  /** Listens until the answer is over, or it is enough. */
  async until(answer: { leave(): void }, signal: AbortSignal): Promise<Recording> {
    this.#leave = () => answer.leave()
    if (this.#leftFor) answer.leave()
    const started = performance.now()
    const timer = Number.isFinite(this.#limits.ms)
      ? setTimeout(() => this.#stop('time'), this.#limits.ms)
      : undefined
    const interrupt = () => this.#stop('you')
    signal.addEventListener('abort', interrupt, { once: true })
    if (signal.aborted) interrupt()
    const ending = await this.#over.promise
    clearTimeout(timer)
    signal.removeEventListener('abort', interrupt)
    await this.#unpacker.finish()
    return this.#finish(ending, Math.max(performance.now() - started, this.#last))
  }

  #stop(leftFor: LeftFor): void {
    if (this.#leftFor) return
    this.#leftFor = leftFor
    this.#leave?.(leftFor)
  }

  /** Takes unpacked bytes. */
  #take(bytes: Uint8Array, at: number): void {
    if (this.#kept >= MOST_BYTES) {
      this.#stop('bytes')
      return
    }
    this.#drip.bytes(bytes, at)
    const wasOpen = this.#cutter.isOpen
    const blocks = this.#cutter.feed(bytes, this.#blocks < APART)
    this.#blocks += blocks.length
    this.#chunks.push(bytes)
    this.#kept += bytes.length
    const data: string[] = []
    for (const block of blocks) {
      if (this.#enough) break
      for (const event of this.#read(block, at, true)) data.push(event.data)
    }
    if (!this.#cutter.isOpen) this.#openSince = undefined
    else if (blocks.length > 0 || !wasOpen || this.#drip.isDripping) this.#openSince = at
    this.#timing.bytes(bytes.length, at, data, this.#cutter.isOpen)
    if (this.#enough) this.#stop('events')
  }

  get #enough(): boolean {
    return this.#count >= this.#limits.events
  }

  #read(block: Uint8Array, at: number, finished: boolean): ParsedEvent[] {
    // Nothing comes of a block without its end, however long it is.
    const read = finished || block.length < SHORT ? block : block.subarray(0, SHORT)
    const { events, comments, lastEventId, retry } = this.#reader.feed(read)
    this.#comments += comments.length
    this.#lastEventId = lastEventId
    this.#retry = retry ?? this.#retry
    this.#count += events.length
    for (const event of events.slice(0, KEPT_EVENTS - this.#events.length)) this.#events.push(event)
    this.#watcher.happened?.({ at, block, events, finished })
    return events
  }

  #finish(ending: Ending, at: number): Recording {
    const waited = this.#openSince === undefined ? 0 : at - this.#openSince
    const rest = this.#cutter.rest()
    // A buffer on the way cuts anywhere, and may hold the rest; who forgot the blank line has ended the line.
    const isForgotten = this.#count === 0 || rest.at(-1) === LF
    if (rest.length > 0 && this.#leftFor !== 'events') this.#read(rest, at, false)
    return {
      ...(this.#head && { head: this.#head }),
      bytes: concat(this.#chunks),
      events: this.#events,
      lastEventId: this.#lastEventId,
      ...(this.#retry !== undefined && { retry: this.#retry }),
      comments: this.#comments,
      received: this.#packed,
      times: this.#timing.finish(at),
      ...(this.#drip.slowest && { drip: this.#drip.slowest }),
      ending,
      ...(this.#leftFor && { leftFor: this.#leftFor }),
      complete: ending.how === 'ended' || (ending.how === 'left' && isForgotten && waited >= FINISH_MS),
      ...(this.#unpacker.fault !== undefined && { unpackFault: this.#unpacker.fault }),
    }
  }
}

const LF = 0x0a
const SHORT = 2 ** 16
