/**
 * Text that is not ours, made safe to show: a learner's program, a server at an address or a page may send anything.
 * Three places see to it, and no renderer has to: a verdict is made of `readable` text, what a program printed is
 * drawn as `harmless` lines, and nothing gets to the terminal but `forTerminal`.
 */
import { format, stripVTControlCharacters } from 'node:util'
import { visible } from '../../checks/wire/bytes.ts'

/** A printed line without its colours and whatever else would change the terminal; tabs become two spaces. */
export function harmless(line: string): string {
  const text = stripVTControlCharacters(line).replaceAll('\t', '  ')
  return text.replace(/\p{Cc}/gu, '').replace(HIDDEN, visible)
}

/** A text with every character that can't be seen made visible, but for its line breaks: `␛[2J`, `<U+202E>`. */
export function readable(text: string): string {
  return text.split('\n').map(visible).join('\n')
}

/** `readable`, for each string in plain data. */
export function allReadable<T>(data: T): T {
  return JSON.parse(JSON.stringify(data), (_, value) => (typeof value === 'string' ? readable(value) : value))
}

/** What may go to a terminal: of all that could change it, colours alone. */
export function forTerminal(text: string): string {
  return text.replace(CONTROLS, (found) => (found === '\n' || found.length > 1 ? found : visible(found)))
}

/** From now on, what this process says on its console is `forTerminal`. */
export function guardConsole(): void {
  for (const method of ['log', 'warn', 'error'] as const) {
    const print = console[method]
    console[method] = (...values: unknown[]) => print(forTerminal(format(...values)))
  }
}

/** Text for XML 1.0, which has no place for most control characters and lone surrogates, escaped or not. */
export function xmlText(text: string): string {
  return readable(text.toWellFormed())
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** What turns the direction of text, so that a line reads otherwise than it is. */
const HIDDEN = /\p{Bidi_Control}/gu

const ESCAPE = '\u001b'

/** A control sequence that sets colours (ECMA-48 § 8.3.117), or one character that can't be seen. */
const CONTROLS = new RegExp(`${ESCAPE}\\[[\\d;]*m|\\p{Cc}|\\p{Bidi_Control}`, 'gu')
