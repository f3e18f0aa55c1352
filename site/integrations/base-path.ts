import type { AstroIntegration } from 'astro'
import type { Element } from 'hast'

/** A plugin of the Markdown processor, as far as it is needed here. */
export interface ElementPlugin {
  name: string
  element: {
    filter: string[]
    visit(
      node: { properties?: Record<string, unknown> },
      context: {
        setProperty(node: object, name: string, value: string): void
        replaceNode(node: object, by: Element): void
        textContent(node: object): string
      },
    ): void
  }
}

/**
 * Puts the site's base path before the links of Markdown pages, which are written from the root: `/lessons/`. Without
 * it they would lead out of a site that is not at the root of its host, such as one on GitHub Pages.
 */
export function basePath(): AstroIntegration {
  return {
    name: 'base-path',
    hooks: {
      'astro:config:setup'({ config }) {
        const base = config.base.replace(/\/$/, '')
        if (base === '') return
        const { hastPlugins } = config.markdown.processor.options as { hastPlugins: ElementPlugin[] }
        hastPlugins.push({
          name: 'base-path',
          element: {
            filter: ['a'],
            visit(node, context) {
              const href = node.properties?.href
              if (typeof href !== 'string' || !/^\/(?!\/)/.test(href)) return
              context.setProperty(node, 'href', base + href)
            },
          },
        })
      },
    },
  }
}
