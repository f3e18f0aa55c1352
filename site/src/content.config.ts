import { defineCollection } from 'astro:content'
import { docsLoader, i18nLoader } from '@astrojs/starlight/loaders'
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema'
import { z } from 'astro/zod'
import en from './content/i18n/en.json'

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
  // Words of Starlight's own that read otherwise here, and ours. Without this collection each build warns that it is missing.
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema({ extend: z.object(ownWords()) }) }),
}

/** A translation has all of our words. Those of Starlight, such as `page.`, Starlight has itself in most languages. */
function ownWords(): Record<string, z.ZodType> {
  const english: Record<string, string> = en
  const own = Object.keys(en).filter((key) => !key.startsWith('page.'))
  return Object.fromEntries(
    own.map((key) => {
      const isOne = key.endsWith('_one')
      const schema = likeEnglish(english[isOne ? key.replace(/_one$/, '_other') : key] ?? '')
      // Not every language has a form for one.
      return [key, isOne ? schema.optional() : schema]
    }),
  )
}

/** A phrase with no other values and elements than the English one has: there is nothing to put in their places. */
function likeEnglish(english: string): z.ZodType {
  const known = marksIn(english)
  return z.string().refine((text) => marksIn(text).every((mark) => known.includes(mark)), {
    error: `It may hold ${known.join(' ') || 'neither {{values}} nor <elements>'}, as in “${english}”`,
  })
}

function marksIn(text: string): string[] {
  return text.match(/\{\{\w+\}\}|<\/?\w+>/g) ?? []
}
