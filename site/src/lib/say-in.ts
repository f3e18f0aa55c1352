/** What the interface says, in the language of a page that is being made. */
import en from '../content/i18n/en.json'
import { type Key, phrase, type Speech, type Values } from './say.ts'

/** What is used of `Astro` here: Starlight reads the files of content/i18n. */
interface Making {
  currentLocale: string | undefined
  locals: { t: { all(): object } }
}

/** What a language does not have, it has in English. */
export function speechIn({ currentLocale, locals }: Making): Speech {
  return { lang: currentLocale ?? 'en', words: { ...en, ...locals.t.all() } }
}

export function sayIn(making: Making): (key: Key, values?: Values) => string {
  const speech = speechIn(making)
  return (key, values) => phrase(speech, key, values)
}
