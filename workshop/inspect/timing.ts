/** When what came, in milliseconds since it was asked for. Its memory does not grow with the stream. */

/** Bytes that came together, behind a silence. */
export interface Burst {
  at: number
  /** How long nothing had come before, in milliseconds. */
  silence: number
  messages: number
  bytes: number
  /** Whether it ended in the middle of a message. */
  isCut: boolean
  /** How far apart the times in its messages are, in milliseconds; undefined where they have none. */
  span?: number
}

export interface Times {
  head?: number
  firstByte?: number
  lastByte?: number
  firstEvent?: number
  lastEvent?: number
  events: number
  bytes: number
  /** The longest time without a byte: how long, and when it began. */
  longestSilence: { ms: number; from: number }
  /** Half of the waits between two events are shorter, half are longer. */
  medianGap?: number
  /** Those with several messages in them; the first few. */
  bursts: Burst[]
  /** When it was over, or we left. */
  end: number
}

/** What comes within so many milliseconds came together. */
const TOGETHER_MS = 10

/** So many bursts and gaps are kept. */
const KEPT = 1000

export class Timing {
  #times: Times = { events: 0, bytes: 0, longestSilence: { ms: 0, from: 0 }, bursts: [], end: 0 }
  #gaps: number[] = []
  #burst: Burst | undefined
  #firstTime: number | undefined

  head(at: number): void {
    this.#times.head = at
  }

  /** @param data of each event that these bytes finish */
  bytes(length: number, at: number, data: readonly string[], isCut: boolean): void {
    const times = this.#times
    const last = times.lastByte ?? 0
    this.#silence(last, at)
    if (!this.#burst || at - last > TOGETHER_MS) this.#begin(at, at - last)
    times.firstByte ??= at
    times.lastByte = at
    times.bytes += length
    this.#count(length, data, isCut)
    for (let index = 0; index < data.length; index++) this.#event(at)
  }

  /** The whole, once nothing more comes. */
  finish(at: number): Times {
    this.#silence(this.#times.lastByte ?? 0, at)
    this.#close()
    const gaps = this.#gaps.sort((a, b) => a - b)
    return { ...this.#times, ...(gaps.length > 0 && { medianGap: gaps[gaps.length >> 1] }), end: at }
  }

  #event(at: number): void {
    const times = this.#times
    if (times.lastEvent !== undefined && this.#gaps.length < KEPT) this.#gaps.push(at - times.lastEvent)
    times.firstEvent ??= at
    times.lastEvent = at
    times.events++
  }

  #silence(from: number, to: number): void {
    if (to - from > this.#times.longestSilence.ms) this.#times.longestSilence = { ms: to - from, from }
  }

  #begin(at: number, silence: number): void {
    this.#close()
    this.#burst = { at, silence, messages: 0, bytes: 0, isCut: false }
    this.#firstTime = undefined
  }

  #count(length: number, data: readonly string[], isCut: boolean): void {
    const burst = this.#burst
    if (!burst) return
    burst.bytes += length
    burst.messages += data.length
    burst.isCut = isCut
    // They come in order, and there may be many.
    for (const text of [data[0], data.at(-1)]) {
      const time = text === undefined ? undefined : timeIn(text)
      if (time === undefined) continue
      this.#firstTime ??= time
      burst.span = time - this.#firstTime
    }
  }

  #close(): void {
    if (this.#burst && this.#burst.messages > 1 && this.#times.bursts.length < KEPT)
      this.#times.bursts.push(this.#burst)
    this.#burst = undefined
  }
}

/** The first time in a text, in milliseconds: `2026-11-26T22:39:03.805Z`. */
function timeIn(text: string): number | undefined {
  const [found] = ISO_TIME.exec(text.slice(0, NEAR)) ?? []
  const time = found === undefined ? Number.NaN : Date.parse(found)
  return Number.isNaN(time) ? undefined : time
}

const ISO_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)/

/** It is looked for in so many characters. */
const NEAR = 1000
