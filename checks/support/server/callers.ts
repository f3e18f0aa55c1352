/** Whose line gave a value: that of a call, or that of the function's caller, when the function only passes it on. */

/** A call on the stack: where it stands, and the name of the function in which it does. */
export interface Frame {
  file: string
  line: number
  /** Counted from 0; the call's name begins near it. */
  column: number
  /** Empty for a function without a name. */
  name: string
}

/** A call that is written over more lines than this is not read to its end. */
const LINES = 8

/**
 * The frame whose line gave the values of a call: the innermost one, unless those values are parameters of the function
 * in which it stands, as in `reply(stream, head, body)`. Then it is its caller, and so on.
 *
 * @param frames innermost first
 * @param linesOf the lines of a file; none when it can not be read
 */
export function giver(frames: readonly Frame[], linesOf: (file: string) => string[]): Frame | undefined {
  const receivers = new Set<string>()
  for (const [i, frame] of frames.entries()) {
    const lines = linesOf(frame.file)
    const { receiver, values } = callAt(lines, frame)
    if (receiver) receivers.add(receiver)
    const given = parametersOf(lines.join('\n'), frame.name).filter((name) => !receivers.has(name))
    const isPassedOn = given.some((name) => new RegExp(`(?<![.\\w$'"])${name}(?![\\w$'":])`).test(values))
    if (!isPassedOn || i === frames.length - 1) return frame
  }
  return undefined
}

/** On what the call is made, and what it is given: `stream` and `head` of `stream.respond(head)`. */
function callAt(lines: readonly string[], { line, column }: Frame): { receiver?: string; values: string } {
  const text = [lines[line - 1]?.slice(column) ?? '', ...lines.slice(line, line + LINES)].join('\n')
  const receiver = /([\w$]+)\??\.$/.exec(lines[line - 1]?.slice(0, column) ?? '')?.[1]
  const start = text.indexOf('(')
  let depth = 0
  for (let end = start; end >= 0 && end < text.length; end++) {
    if (text[end] === '(') depth += 1
    if (text[end] === ')') depth -= 1
    if (depth === 0)
      return { receiver: receiver ?? /^([\w$]+)\??\./.exec(text)?.[1], values: text.slice(start + 1, end) }
  }
  return { receiver, values: '' }
}

/** The parameters of a function as it is declared in `source`, without their types. Plain names only. */
function parametersOf(source: string, name: string): string[] {
  const short = name.split(/[ .]/).at(-1) ?? ''
  if (!/^\w+$/.test(short)) return []
  const declared = new RegExp(
    `\\bfunction\\s+${short}\\s*\\(([^)]*)\\)|\\b${short}\\s*=\\s*(?:async\\s*)?(?:function\\s*)?\\(([^)]*)\\)`,
  )
  const [, one, other] = declared.exec(source) ?? []
  return (one ?? other ?? '').split(',').flatMap((parameter) => /^\s*(\w+)/.exec(parameter)?.[1] ?? [])
}
