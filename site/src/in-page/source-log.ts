/** What happened between a server and an EventSource, in order, with how things stood after each. */

/** Whose doing it was. */
export type Who = 'browser' | 'server' | 'page'

/** How things stand. */
export interface Standing {
  /** 0 connecting, 1 open, 2 closed; undefined while there is no EventSource. */
  readyState: number | undefined
  /** Bytes of the body that were sent on this connection. */
  sent: number
  /** Events that the page heard. */
  heard: number
  lastEventId: string
}

export interface Entry {
  /** Milliseconds since the EventSource was made. */
  ms: number
  who: Who
  /** What happened, in words. */
  says: string
  /** The bytes or the data that it was about. */
  text?: string | Uint8Array
  after: Standing
}

/** So many entries are kept, of which the oldest go first. */
const KEPT = 500

const NEW: Standing = { readyState: undefined, sent: 0, heard: 0, lastEventId: '' }

export class SourceLog {
  entries: Entry[] = []
  #now: Standing = NEW
  #began = 0
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  get now(): Standing {
    return this.#now
  }

  /** Begins anew, with an EventSource that is being made. */
  begin(): void {
    this.entries = []
    this.#now = NEW
    this.#began = performance.now()
  }

  add(who: Who, says: string, change: Partial<Standing> = {}, text?: string | Uint8Array): void {
    this.#now = { ...this.#now, ...change }
    const ms = performance.now() - this.#began
    this.entries.push({ ms, who, says, after: this.#now, ...(text !== undefined && { text }) })
    if (this.entries.length > KEPT) this.entries.shift()
    this.#changed()
  }
}
