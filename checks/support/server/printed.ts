/** What a learner's program printed, as they know it: without what Node adds to an error, or the port of the checks. */

/**
 * Takes away what Node writes around an error that ends the program (the line that threw, its own calls, the error's
 * properties, its version), and names the port that the checks chose as what it is: the value of PORT.
 */
export function asWritten(output: string, port: number): string {
  const lines = output.split('\n')
  const kept: string[] = []
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const end = endOfAddition(lines, index)
    if (end === index) kept.push(line)
    else index = end - 1
  }
  return kept.join('\n').replaceAll(new RegExp(`(?<![\\d.])${port}(?!\\d)`, 'g'), 'PORT')
}

/** The index behind what Node added at `index`, or `index` itself where the line there is the program's own. */
function endOfAddition(lines: readonly string[], index: number): number {
  const line = lines[index] ?? ''
  if (line === '' && NODE_VERSION.test(lines[index + 1] ?? '')) return index + 2
  if (NODE_VERSION.test(line) || EMITTED.test(line)) return index + 1
  if (THROWN_AT.test(line)) {
    const caret = lines.slice(index + 1, index + 1 + EXCERPT_LINES).findIndex((text) => CARETS.test(text))
    if (caret < 0) return index
    const end = index + caret + 2
    return lines[end] === '' ? end + 1 : end
  }
  if (!CALL.test(line)) return index
  if (line.endsWith(' {')) {
    const properties = lines.slice(index).indexOf('}')
    return properties < 0 ? lines.length : index + properties + 1
  }
  return OF_OTHERS.test(line) ? index + 1 : index
}

/** A line of the program's code, with carets under the place, has at most this many lines. */
const EXCERPT_LINES = 4

const THROWN_AT = /^(?:node:|file:|\/|[A-Z]:\\).*:\d+$/
const CARETS = /^\s*\^+\s*$/
const CALL = /^\s+at .+/
/** Calls of Node, of a package, and of the probe that the checks load before the program. */
const OF_OTHERS = /\bnode:|[\\/]node_modules[\\/]|[\\/]checks[\\/]support[\\/]probe[\\/]/
const EMITTED = /^Emitted '\w+' event (?:on .+ )?(?:instance )?at:$/
const NODE_VERSION = /^Node\.js v\d/
