import { encode } from './encode.ts'

/** A message, and what it is called in the stream. One without data is a place between messages, which nobody is sent. */
export interface Entry {
  id: string
  data?: string
}

/** The newest entries of a log, oldest first, as they are sent. */
export class Tail {
  #size: number
  /** The first is the place from which all others are missed. */
  #entries: { id: string; block: string }[] = []

  constructor(size: number, entries: Entry[]) {
    this.#size = size
    this.add(entries)
  }

  get lastId(): string {
    return this.#entries.at(-1)?.id ?? ''
  }

  /** Adds new entries, and returns them as they are sent. */
  add(entries: Entry[]): string[] {
    const added = entries.map(({ id, data }) => ({
      id,
      block: data === undefined ? '' : encode({ id, data }),
    }))
    this.#entries = [...this.#entries, ...added].slice(-this.#size - 1)
    return blocksOf(added)
  }

  since(id: string): string[] | undefined {
    const seen = this.#entries.findIndex((entry) => entry.id === id)
    return seen === -1 ? undefined : blocksOf(this.#entries.slice(seen + 1))
  }
}

function blocksOf(entries: { block: string }[]): string[] {
  return entries.map(({ block }) => block).filter((block) => block !== '')
}
