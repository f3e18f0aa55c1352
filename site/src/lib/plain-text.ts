/** A page of this site as text, in the manner of Markdown. It knows what stands in these pages, not all of HTML. */
import { unescaped } from './html.ts'

const MAIN = /<main\b[^>]*>([\s\S]*?)<\/main>/

/** A block of code as Expressive Code makes it. The button that copies it holds the code as it is; its line ends are DEL. */
const CODE =
  /<div class="expressive-code">[\s\S]*?data-language="(\w+)"[\s\S]*?data-code="([^"]*)"[\s\S]*?<\/figure><\/div>/g

/** A comment, a tag, or a text. */
const TOKEN = /<!--[\s\S]*?-->|<(\/?)([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|[^<]+/gi

/** What belongs to a screen: what moves, what is pressed, what is folded away from who has not tried yet. */
const SKIPPED =
  /^(script|style|svg|footer|button|form|live-checks|recorded-session|wire-demo|wire-playground|noscript)$/
const SKIPPED_CLASS = / class="[^"]*\b(sr-only|sl-anchor-link|fold|check-anchor|check-mark|lesson-number)\b/

/** How many line ends stand before an element and behind it. */
const BREAKS: Record<string, number> = {
  ...forEach('h1 h2 h3 h4 p pre table ul ol dl aside figure details section', 2),
  ...forEach('li tr dt dd div summary br figcaption', 1),
}

/** What stands before the text of an element, and behind it. */
const AROUND: Record<string, readonly [before: string, behind: string]> = {
  ...forEach('code kbd', ['`', '`']),
  ...forEach('td th', ['', ' | ']),
  h1: ['# ', ''],
  h2: ['## ', ''],
  h3: ['### ', ''],
  h4: ['#### ', ''],
  li: ['- ', ''],
  tr: ['| ', ''],
}

function forEach<Value>(names: string, value: Value): Record<string, Value> {
  return Object.fromEntries(names.split(' ').map((name) => [name, value]))
}

/**
 * The text of a page.
 *
 * @param html the whole page, as it was built
 * @param at its address: links lead on from there
 */
export function textOf(html: string, at: URL): string {
  const main = MAIN.exec(html)?.[1] ?? ''
  const page = main.replace(
    CODE,
    (_, language, code) => `<pre lang="${language}">${code.replaceAll('\u007f', '\n')}</pre>`,
  )
  const text = new Text()
  const links: string[] = []
  let skipped: { name: string; depth: number } | undefined
  for (const [token, slash, tag = '', attributes = ''] of page.matchAll(TOKEN)) {
    const name = tag.toLowerCase()
    const ends = slash === '/'
    if (skipped) {
      if (name === skipped.name) skipped.depth += ends ? -1 : 1
      if (skipped.depth === 0) skipped = undefined
    } else if (token.startsWith('<!--')) continue
    else if (name === '') text.add(unescaped(token))
    else if (!ends && (SKIPPED.test(name) || SKIPPED_CLASS.test(attributes))) skipped = { name, depth: 1 }
    else if (name === 'pre') text.fence(ends, / lang="(\w+)"/.exec(attributes)?.[1])
    else if (name === 'a' && !ends) {
      links.push(new URL(unescaped(/ href="([^"]*)"/.exec(attributes)?.[1] ?? ''), at).href)
      text.add('[')
    } else if (name === 'a') text.add(`](${links.pop()})`)
    else text.mark(ends, BREAKS[name] ?? 0, AROUND[name])
  }
  return text.toString()
}

/** Text that grows. Spaces count once, save in a block of code. */
class Text {
  #text = ''
  /** Line ends that the next word wants before it. */
  #breaks = 0
  #isCode = false

  add(words: string): void {
    const shown = this.#isCode ? words : words.replace(/\s+/g, ' ')
    const isAtStart = this.#text === '' || this.#breaks > 0 || /\s$/.test(this.#text)
    const begun = this.#isCode || !isAtStart ? shown : shown.trimStart()
    if (begun === '') return
    if (this.#breaks > 0 && this.#text !== '') this.#text = this.#text.trimEnd() + '\n'.repeat(this.#breaks)
    this.#breaks = 0
    this.#text += begun
  }

  /** Begins or ends an element. */
  mark(ends: boolean, breaks: number, around: readonly [before: string, behind: string] = ['', '']): void {
    if (this.#isCode) return
    if (!ends) this.#break(breaks)
    this.add(around[ends ? 1 : 0])
    if (ends) this.#break(breaks)
  }

  /** Begins or ends a block of code. */
  fence(ends: boolean, language = ''): void {
    if (!ends) this.#break(2)
    else if (!this.#text.endsWith('\n')) this.#text += '\n'
    this.#isCode = false
    this.add(`\`\`\`${ends ? '' : `${language}`}`)
    this.#isCode = !ends
    if (ends) this.#break(2)
    else this.#text += '\n'
  }

  toString(): string {
    return this.#text.trimEnd()
  }

  #break(count: number): void {
    const isMarkAlone = this.#breaks === 0 && /(^|\n)[-|] $/.test(this.#text)
    if (!isMarkAlone) this.#breaks = Math.max(this.#breaks, count)
  }
}
