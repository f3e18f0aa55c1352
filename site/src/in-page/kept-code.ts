/** What somebody wrote in the page's editor, kept by their browser, so that a reload or a loop without an end loses nothing. */

const CODE = 'workshop/lesson-5/page.js'
const RUNNING = 'workshop/lesson-5/running'

/** @returns the code, and whether its last run never came to its end */
export function kept(): { code: string | undefined; isUnfinished: boolean } {
  try {
    return {
      code: localStorage.getItem(CODE) ?? undefined,
      isUnfinished: localStorage.getItem(RUNNING) !== null,
    }
  } catch {
    return { code: undefined, isUnfinished: false }
  }
}

export function keep(code: string): void {
  set(CODE, code)
}

/** Notes that the code begins to run, or that it has come to its end. */
export function noteRun(isRunning: boolean): void {
  set(RUNNING, isRunning ? 'yes' : undefined)
}

/** A browser may keep nothing, as in a private window: then nothing is kept. */
function set(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {}
}
