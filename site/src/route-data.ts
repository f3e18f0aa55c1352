/** What Starlight can't know of a page by itself. */
import { defineRouteMiddleware } from '@astrojs/starlight/route-data'
import { lessons, titleOf } from './lib/lessons.ts'

/** The headings of "Every check" are made of the list of lessons, so its table of contents is too. */
export const onRequest = defineRouteMiddleware(({ locals }) => {
  const { id, toc } = locals.starlightRoute
  if (id !== 'reference/checks') return
  toc?.items.push(
    ...lessons.map((lesson) => ({ depth: 2, slug: lesson.slug, text: titleOf(lesson), children: [] })),
  )
})
