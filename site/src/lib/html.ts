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
