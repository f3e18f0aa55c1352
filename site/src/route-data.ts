/** What Starlight can't know of a page by itself. */
import { defineRouteMiddleware } from '@astrojs/starlight/route-data'
import { readProgress } from '../../workshop/project/progress.ts'
import { markDone } from './lib/done.ts'
import { lessons, titleOf } from './lib/lessons.ts'

export const onRequest = defineRouteMiddleware(async ({ locals }) => {
  const { id, toc, sidebar } = locals.starlightRoute
  // A page that is made on a learner's machine, when they ask for it, knows how far they are.
  if (import.meta.env.DEV) markDone(sidebar, Object.keys((await readProgress(import.meta.env.PROJECT)).done))
  // The headings of "Every check" are made of the list of lessons, so its table of contents is too.
  if (id === 'reference/checks')
    toc?.items.push(
      ...lessons.map((lesson) => ({ depth: 2, slug: lesson.slug, text: titleOf(lesson), children: [] })),
    )
})
