/** Text that came from somewhere else, made safe to show. */
import { stripVTControlCharacters } from 'node:util'

/** A line without what would move the cursor or change the terminal; tabs become two spaces. */
export function harmless(line: string): string {
  return stripVTControlCharacters(line)
    .replaceAll('\t', '  ')
    .replace(/\p{Cc}/gu, '')
}

/** Text for XML 1.0, which has no place for most control characters and lone surrogates, escaped or not. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/(?![\n\r\t])\p{Cc}|[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
