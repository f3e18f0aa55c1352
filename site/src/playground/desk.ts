/** The page's side of worker.ts. */
import { speech } from '../lib/say.ts'
import type { Edit, Questions } from './worker.ts'

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

export class Desk {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  readonly #waiting = new Map<number, Waiting>()
  #id = 0

  constructor() {
    this.#worker.postMessage({ speech: speech() })
    this.#worker.addEventListener('message', ({ data: { id, answer, error } }) => {
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (error === undefined) waiting?.resolve(answer)
      else waiting?.reject(new Error(error))
    })
    this.#worker.addEventListener('error', ({ message }) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(message))
      this.#waiting.clear()
    })
  }

  /** Tells of changes, which are made one after the other, in this order. */
  change(edits: readonly Edit[]): void {
    this.#worker.postMessage({ edits })
  }

  /** @throws Error when the worker has failed */
  ask<Name extends keyof Questions>(
    name: Name,
    ...asked: Parameters<Questions[Name]>
  ): Promise<Awaited<ReturnType<Questions[Name]>>> {
    const id = ++this.#id
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
      this.#worker.postMessage({ id, ask: name, with: asked[0] })
    })
  }

  close(): void {
    this.#worker.terminate()
  }
}
