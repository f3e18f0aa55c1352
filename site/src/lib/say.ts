/**
 * What the interface says, in the language of the page. content/i18n/en.json has every sentence whole: `{{name}}` stands for
 * a value, and `_one` and `_other` behind a key tell apart what is said of different counts, as i18next has it. Starlight's
 * own `t` is no use in a browser, and escapes values which are escaped once more when they are put into a page.
 */
import type en from '../content/i18n/en.json'

type Stem<Name> = Name extends `${infer Begin}_${'one' | 'other'}` ? Begin : Name

/** What can be said. */
export type Key = Stem<keyof typeof en>

/** A number is written as the language writes it; what must stay as it is, is given as a string. `count` chooses the plural. */
export type Values = Record<string, string | number>

/** A language, and its words. */
export interface Speech {
  lang: string
  words: Record<string, string>
}

let spoken: Speech | undefined

/** Sets what is spoken where no document tells: in a worker, and when the site is built. */
export function speak(speech: Speech): void {
  spoken = speech
  format = undefined
}

/** What is spoken here. A page holds it for its scripts: see components/Words.astro. */
export function speech(): Speech {
  spoken ??= {
    lang: document.documentElement.lang,
    words: Object.assign(
      {},
      ...Array.from(document.querySelectorAll('script[data-words]'), ({ textContent }) =>
        JSON.parse(textContent ?? ''),
      ),
    ),
  }
  return spoken
}

export function say(key: Key, values: Values = {}): string {
  return phrase(speech(), key, values)
}

/** @throws Error when there is no such phrase, or no value for one of its places */
export function phrase(speech: Speech, key: Key, values: Values = {}): string {
  return template(speech, key, values.count).replace(/\{\{(\w+)\}\}/g, (_, name) =>
    written(speech, valueFor(values, name, key)),
  )
}

/** A phrase, with places for its values. A language has the plurals that it needs, and one key where it needs none. */
export function template({ lang, words }: Speech, key: Key, count?: unknown): string {
  const form = typeof count === 'number' ? new Intl.PluralRules(lang).select(count) : 'other'
  const text = words[`${key}_${form}`] ?? words[`${key}_other`] ?? words[key]
  if (text === undefined) throw new Error(`There are no words for "${key}" here: see content/i18n/en.json`)
  return text
}

export function valueFor<Value>(values: Record<string, Value>, name: string, key: Key): Value {
  const value = values[name]
  if (value === undefined)
    throw new Error(`"${key}" of content/i18n has a place for {{${name}}}, and gets no such value`)
  return value
}

export function written({ lang }: Speech, value: string | number): string {
  return typeof value === 'number' ? value.toLocaleString(localeOf(lang)) : value
}

/** Seconds as one measures them: with two digits of a fraction. */
export function seconds(ms: number): string {
  // A log has hundreds of them, and to make a format takes long.
  format ??= new Intl.NumberFormat(localeOf(speech().lang), HUNDREDTHS)
  return format.format(ms / 1000)
}

let format: Intl.NumberFormat | undefined

const HUNDREDTHS = { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: false }

/** A time of today, or a day and a time. */
export function timeOf(at: string): string {
  const date = new Date(at)
  const isToday = date.toDateString() === new Date().toDateString()
  return date.toLocaleString(localeOf(speech().lang), {
    timeStyle: 'medium',
    ...(!isToday && { dateStyle: 'medium' }),
  })
}

/** The words are international English, whose times and dates are not the American ones that `en` alone stands for. */
function localeOf(lang: string): string {
  return lang === 'en' ? 'en-GB' : lang
}
