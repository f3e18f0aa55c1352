/** What Starlight can't know of a page by itself. */
import { defineRouteMiddleware } from '@astrojs/starlight/route-data'
import { readProgress } from '../../workshop/project/progress.ts'
import { markDone } from './lib/done.ts'
import { describe } from './lib/json-ld.ts'
import { lessons, sitePath, titleOf } from './lib/lessons.ts'

export const onRequest = defineRouteMiddleware(async ({ locals, site }) => {
  const { entry, head, id, toc, sidebar } = locals.starlightRoute
  // A page that is made on a learner's machine, when they ask for it, knows how far they are.
  // Where that can't be read, each command says why.
  if (import.meta.env.DEV)
    await readProgress(import.meta.env.PROJECT).then(
      ({ done }) => markDone(sidebar, Object.keys(done)),
      () => {},
    )
  const described = describe(id, entry.data, new URL(sitePath('/'), site))
  // What stands in a script must not end it.
  const content = JSON.stringify(described)?.replaceAll('<', '\\u003c')
  if (content) head.push({ tag: 'script', attrs: { type: 'application/ld+json' }, content })
  if (id !== '404') {
    const card = new URL(sitePath(`/cards/${id || 'index'}.png`), site).href
    head.push(
      { tag: 'meta', attrs: { property: 'og:image', content: card } },
      { tag: 'meta', attrs: { property: 'og:image:alt', content: entry.data.title } },
    )
  }
  // The headings of "Every check" are made of the list of lessons, so its table of contents is too.
  if (id === 'reference/checks')
    toc?.items.push(
      ...lessons.map((lesson) => ({ depth: 2, slug: lesson.slug, text: titleOf(lesson), children: [] })),
    )
})
