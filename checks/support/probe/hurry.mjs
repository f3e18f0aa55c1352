/**
 * Lets the timers of the learner's program run ahead, so that what happens to a client within a minute is seen at once.
 * Part of the probe.
 *
 * Timers keep their order: a shorter one still ends before a longer one, so a watchdog that each message winds up again
 * never barks. The clock goes on as it is: what compares times of day is not hurried.
 */
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { getCallSites } from 'node:util'
import { fileOf } from './sites.mjs'

/** How much later than at full speed a timer ends; 0 while nothing is hurried. */
let slowness = 0

/** How far up the stack the program is looked for, in calls: those of the probe and of Node stand below it. */
const DEPTH = 24

/** Where the files of the probe are. */
const PROBE = import.meta.dirname

/** So many of the shortest timers take longer than one of a minute. */
const MINUTE = 80

/**
 * Begins to hurry the timers that are set from now on.
 * @param {number} times 1 for full speed, 2 for half of it
 */
export function hurry(times) {
  slowness = times
  return true
}

/**
 * Lets a minute of the timers that were set go by, and whatever they set in their turn. Then all is as it was. It goes
 * by in the smallest steps, between which the program's own get their turn: a busy machine takes longer, and counts alike.
 */
export async function calm() {
  for (let step = 0; step < MINUTE * slowness; step++) await wait(1)
  slowness = 0
  return true
}

/**
 * Called for each timer before Node puts it into its queue. Those of Node itself are left alone: a handshake, which has
 * two minutes, may take a while on a busy machine.
 * @param {any} timer
 */
export function hurryTimer(timer) {
  if (slowness === 0 || !isOfProgram()) return
  timer._idleTimeout = soon(timer._idleTimeout) * slowness
  if (timer._repeat !== null) timer._repeat = timer._idleTimeout
}

/** Whether a file of the learner's is on the stack. Files of the probe always are. */
function isOfProgram() {
  return getCallSites(DEPTH).some(({ scriptName }) => {
    const file = fileOf(scriptName)
    return file !== undefined && dirname(file) !== PROBE
  })
}

/**
 * A twentieth of a short time, less of a long one: 20 → 1, 1000 → 12, 60,000 → 72 milliseconds.
 * @param {number} ms
 */
function soon(ms) {
  const short = Math.min(ms, 200) / 20
  const middle = Math.max(0, Math.min(ms, 2000) - 200) / 450
  const long = Math.max(0, ms - 2000) / 1000
  return Math.max(1, Math.round(short + middle + long))
}
