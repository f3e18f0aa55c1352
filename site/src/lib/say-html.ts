/**
 * What the interface says, as HTML. In a phrase, `<code>`, `<em>`, `<kbd>`, `<strong>` are what they are, `<hidden>` is for
 * who has the page read out, and any other name is an element that the caller makes, such as a link.
 */
import { Html, html } from './html.ts'
import { type Key, type Speech, speech, template, valueFor, written } from './say.ts'

export type HtmlValues = Record<string, string | number | Html>

/** Makes an element around what is in it. */
export type Elements = Record<string, (inside: Html) => Html>

export function sayHtml(key: Key, values?: HtmlValues, elements?: Elements): Html {
  return phraseHtml(speech(), key, values, elements)
}

/** Values are escaped, and never looked through for names of elements. An element holds no other one. */
export function phraseHtml(speech: Speech, key: Key, values: HtmlValues = {}, elements: Elements = {}): Html {
  const fill = (text: string): Html =>
    html`${text.split(/\{\{(\w+)\}\}/).map((part, index) => {
      if (index % 2 === 0) return part
      const value = valueFor(values, part, key)
      return value instanceof Html ? value : written(speech, value)
    })}`
  const [begin = '', ...rest] = template(speech, key, values.count).split(/<(\w+)>(.*?)<\/\1>/)
  const parts = [fill(begin)]
  for (let index = 0; index < rest.length; index += 3) {
    const [name = '', inside = '', behind = ''] = rest.slice(index)
    const around = elements[name] ?? KNOWN[name]
    if (!around) throw new Error(`"${key}" of content/i18n has a <${name}>, which is none of its elements`)
    parts.push(around(fill(inside)), fill(behind))
  }
  return html`${parts}`
}

/** An element of a phrase that leads somewhere. */
export const link = (href: string) => (inside: Html) => html`<a href="${href}">${inside}</a>`

const KNOWN: Elements = {
  code: (inside) => html`<code>${inside}</code>`,
  em: (inside) => html`<em>${inside}</em>`,
  hidden: (inside) => html`<span class="sr-only">${inside}</span>`,
  kbd: (inside) => html`<kbd>${inside}</kbd>`,
  strong: (inside) => html`<strong>${inside}</strong>`,
}
