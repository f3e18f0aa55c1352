/** All pages as one text, for language models: `llms-full.txt`. */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { textOf } from '../src/lib/plain-text.ts'

/** What one reads first stands first. */
const ORDER = ['', 'start/', 'lessons/', 'concepts/', 'reference/', 'inspect/', 'faq/']

/** Writes the text when the site is built, from the pages as they are then: code and data of the project stand in them. */
export function oneText(): AstroIntegration {
  let home = ''
  return {
    name: 'one-text',
    hooks: {
      'astro:config:done'({ config }) {
        home = new URL(config.base.replace(/\/?$/, '/'), config.site).href
      },
      async 'astro:build:done'({ dir, pages }) {
        const paths = pages.map(({ pathname }) => pathname).filter((path) => !path.startsWith('404'))
        const texts = paths.sort(inOrder).map(async (path) => {
          const html = await readFile(new URL(`${path}index.html`, dir), 'utf8')
          return `${textOf(html, new URL(path, home))}\n`
        })
        await writeFile(fileURLToPath(new URL('llms-full.txt', dir)), (await Promise.all(texts)).join('\n'))
      },
    },
  }
}

function inOrder(one: string, other: string): number {
  return placeOf(one) - placeOf(other) || one.localeCompare(other)
}

function placeOf(path: string): number {
  const place = ORDER.findIndex((begin) => (begin === '' ? path === '' : path.startsWith(begin)))
  return place === -1 ? ORDER.length : place
}
