import type { AstroIntegration } from 'astro'

/** What is laid out by itself: the large parts of a page. lesson.css knows them too. */
const PARTS = '.sl-markdown-content > :is(.picture, .expressive-code, .checks)'

/**
 * Lays out a page that was just opened part by part, so that a slow phone answers to a finger in between. A page that is
 * reloaded or gone back to is laid out whole: the browser puts the reader where they were, before the parts have their
 * heights. So is a page without scripts.
 */
export function partByPart(): AstroIntegration {
  return {
    name: 'part-by-part',
    hooks: {
      'astro:config:setup'({ injectScript }) {
        injectScript('head-inline', `(${begin})(${JSON.stringify(PARTS)})`)
      },
    },
  }
}

/** Runs in the page, before it is drawn. */
function begin(parts: string): void {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (visit?.type !== 'navigate' || location.hash !== '') return
  const { classList } = document.documentElement
  classList.add('part-by-part')
  const later = (then: () => void) =>
    'requestIdleCallback' in globalThis ? requestIdleCallback(then, { timeout: 100 }) : setTimeout(then)
  const next = () => {
    const part = document.querySelector(`${parts}:not(.laid-out)`)
    if (!part) return classList.remove('part-by-part')
    part.classList.add('laid-out')
    requestAnimationFrame(() => later(next))
  }
  addEventListener('load', () => later(next))
}
