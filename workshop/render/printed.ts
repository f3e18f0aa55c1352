/** The last lines of what a program printed, where there is no room for all. */

/**
 * At most `count` of the last lines. They never begin within an object or array that was printed over several lines: a `}`
 * alone tells nobody anything.
 */
export function lastLines(lines: readonly string[], count: number): string[] {
  const shown = lines.slice(-count)
  const close = shown.findIndex((line) => CLOSES.test(line))
  const isOpened = shown.slice(0, Math.max(close, 0)).some((line) => OPENS.test(line))
  return close < 0 || isOpened || shown.length === lines.length ? shown : shown.slice(close + 1)
}

const OPENS = /[[({]\s*$/
const CLOSES = /^[\]})]+[,;]?$/
