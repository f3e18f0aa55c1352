/** What the learner has done, in the menu. */
import type { StarlightRouteData } from '@astrojs/starlight/route-data'

type Entry = StarlightRouteData['sidebar'][number]

/**
 * Marks the lessons that are done. The panel of a lesson's page does so too, when all of its checks pass: see live/panel.ts.
 *
 * @param done their slugs
 */
export function markDone(entries: readonly Entry[], done: readonly string[]): void {
  for (const entry of entries) {
    if (entry.type === 'group') markDone(entry.entries, done)
    else
      entry.attrs = {
        ...entry.attrs,
        'data-done': done.some((slug) => leadsTo(entry.href, slug)) ? '' : undefined,
      }
  }
}

function leadsTo(href: string, slug: string): boolean {
  return href.endsWith(`/lessons/${slug}/`)
}
