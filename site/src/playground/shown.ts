/** Small pieces of HTML that the playground's views share. */
import { visible } from '../../../checks/wire/bytes.ts'
import { type Html, html } from '../lib/html.ts'
import { say } from '../lib/say.ts'

/** A text with every invisible character as a label: CR, LF, NUL. Not every font has signs for them. */
export function shown(source: string | Uint8Array): Html {
  const parts = visible(source).split(/([\u2400-\u241f\u2421])/)
  return html`${parts.map((part, index) => (index % 2 === 0 ? part : label(nameOf(part))))}`
}

/** The beginning of a text that may be of any length, and how much is left out. */
export function shownStart(text: string, limit = 1000): Html {
  if (text.length <= limit) return shown(text)
  // A character of two UTF-16 units is not cut.
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit
  return html`${shown(text.slice(0, end))}<i class="pg-cut">${say('reading.moreCharacters', { count: text.length - end })}</i>`
}

export const label = (name: string) => html`<span class="pg-sign">${name}</span>`

/** The name of a control character, by Unicode's picture of it. */
function nameOf(picture: string): string {
  return CONTROLS[picture.charCodeAt(0) - 0x2400] ?? 'DEL'
}

const CONTROLS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  )
