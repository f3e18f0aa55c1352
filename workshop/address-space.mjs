import { readFileSync } from 'node:fs'

/** What Node and its threads reserve, in bytes, with room to spare. They use a small part of it. */
const needed = 12 * 2 ** 30

/**
 * What to tell someone whose shell leaves Node too little address space, in one line; undefined when there is enough,
 * and on systems that don't tell. Node can't say so itself: what can't be reserved ends the process.
 * @param {string} limits As in /proc/self/limits.
 * @returns {string | undefined}
 */
export function addressSpaceFault(limits = readLimits()) {
  const bytes = Number(limits.match(/^Max address space +(\d+)/m)?.[1] ?? Number.POSITIVE_INFINITY)
  if (bytes >= needed) return undefined
  const gib = (bytes / 2 ** 30).toFixed(1)
  return `A program may reserve ${gib} GiB of memory here, but the workshop needs ${needed / 2 ** 30}. Type: ulimit -v unlimited`
}

/** The limits of this process, as Linux tells them; '' elsewhere. */
function readLimits() {
  try {
    return readFileSync('/proc/self/limits', 'utf8')
  } catch {
    return ''
  }
}
