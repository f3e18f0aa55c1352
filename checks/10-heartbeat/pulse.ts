/** How long checks and server wait for their turn, while what they do to each other is timed. */
import { setTimeout as delay } from 'node:timers/promises'
import type { LearnerServer } from '../support/server/server.ts'

/** Between two questions, in milliseconds. */
const PAUSE_MS = 5

/** How long an answer is waited for, in milliseconds. */
const PATIENCE_MS = 1000

export class Pulse implements Disposable {
  #longest = 0
  #since = performance.now()
  #isOver = false

  constructor(server: LearnerServer) {
    this.#feel(server)
  }

  /** The longest that it took until both had had a turn, in milliseconds. What still goes on counts as well. */
  get slowest(): number {
    return Math.max(this.#longest, performance.now() - this.#since - PAUSE_MS)
  }

  [Symbol.dispose](): void {
    this.#isOver = true
  }

  async #feel(server: LearnerServer): Promise<void> {
    while (!this.#isOver && !server.exit) {
      this.#since = performance.now()
      await server.wakesWithin(PATIENCE_MS)
      await delay(PAUSE_MS)
      this.#longest = this.slowest
    }
    this.#since = Number.POSITIVE_INFINITY
  }
}
