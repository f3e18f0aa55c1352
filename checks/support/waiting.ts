/** Waits that have a bound. */

/** What a promise resolves to, or undefined when it has not settled within `ms` milliseconds. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, ms, undefined)
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Who waits until something holds. Whoever changes what they look at tells them. */
export class Watchers {
  #looks = new Set<() => void>()

  /**
   * Waits until `test` holds: it is asked at once, at each `tell`, and when the time is up. Answers false when `ms`
   * milliseconds have passed, or `isOver` holds, and it still does not.
   */
  until(test: () => boolean, ms: number, isOver = () => false): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (met: boolean) => {
        clearTimeout(timer)
        this.#looks.delete(look)
        resolve(met)
      }
      const look = () => {
        if (test()) finish(true)
        else if (isOver()) finish(false)
      }
      const timer = setTimeout(() => finish(test()), ms)
      this.#looks.add(look)
      look()
    })
  }

  /** Lets everyone who waits look again. */
  tell(): void {
    for (const look of [...this.#looks]) look()
  }
}
