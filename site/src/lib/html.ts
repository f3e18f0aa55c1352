/** HTML as text, for what is rendered both when the site is built and in the browser. */

/** HTML that is safe to put into a page: every value in it was escaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

type Value = string | number | undefined | false | Html | readonly Value[]

/** A tagged template: `` html`<b>${name}</b>` ``. Values are escaped, save other `Html`; lists are joined. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(strings.map((text, index) => text + show(values[index])).join(''))
}

function show(value: Value): string {
  if (value === undefined || value === false) return ''
  if (value instanceof Html) return value.text
  if (typeof value === 'object') return value.map(show).join('')
  return String(value).replace(/[&<>"']/g, (character) => ESCAPES[character] as string)
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** What stands in an attribute or a text, with its characters for their references. */
export function unescaped(text: string): string {
  return text.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (reference, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? reference
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
  })
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }
