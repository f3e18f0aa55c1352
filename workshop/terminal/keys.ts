/** What a terminal sends for the keys, as their names. */

/**
 * The keys in one read of a terminal in raw mode: `a`, `enter`, `up`, `ctrl-c`. What is not known is left out, so that
 * no half of a sequence is taken for letters.
 */
export function readKeys(input: string): string[] {
  return [...input.matchAll(KEY)].flatMap(([sequence]) => {
    const name = NAMES[sequence]
    if (name) return [name]
    return sequence.length > 1 && sequence.startsWith(ESCAPE)
      ? []
      : /\p{Cc}/u.test(sequence)
        ? []
        : [sequence]
  })
}

const ESCAPE = '\u001b'

/** Control sequences (ECMA-48 § 5.4), the keypad's `ESC O x`, and anything else one by one. */
const KEY = new RegExp(`${ESCAPE}\\[[0-?]*[ -/]*[@-~]|${ESCAPE}O.|[^]`, 'gu')

const NAMES: Record<string, string> = {
  '\u0003': 'ctrl-c',
  '\u001a': 'ctrl-z',
  '\u000c': 'ctrl-l',
  '\r': 'enter',
  '\n': 'enter',
  '\u007f': 'backspace',
  '\b': 'backspace',
  [ESCAPE]: 'escape',
  [`${ESCAPE}[A`]: 'up',
  [`${ESCAPE}[B`]: 'down',
  [`${ESCAPE}[C`]: 'right',
  [`${ESCAPE}[D`]: 'left',
  [`${ESCAPE}OA`]: 'up',
  [`${ESCAPE}OB`]: 'down',
  [`${ESCAPE}[5~`]: 'pageup',
  [`${ESCAPE}[6~`]: 'pagedown',
  [`${ESCAPE}[H`]: 'home',
  [`${ESCAPE}[F`]: 'end',
  [`${ESCAPE}[1~`]: 'home',
  [`${ESCAPE}[4~`]: 'end',
}
