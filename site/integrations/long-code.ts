import type { AstroIntegration } from 'astro'
import type { ElementPlugin } from './base-path.ts'

/** Up to so many characters fit on the narrowest phone. */
const SHORT = 32

/** Up to so many fit on a desk, in a table too. */
const MEDIUM = 55

/**
 * Gives code in a text a class by its length, since code does not break: not at a hyphen, and not before the last word of a
 * command. Only what would be wider than the screen may: theme.css says where.
 */
export function longCode(): AstroIntegration {
  return {
    name: 'long-code',
    hooks: {
      'astro:config:setup'({ config }) {
        const { hastPlugins } = config.markdown.processor.options as { hastPlugins: ElementPlugin[] }
        hastPlugins.push({
          name: 'long-code',
          element: {
            filter: ['code'],
            visit(node, context) {
              const { length } = context.textContent(node)
              if (length > SHORT) context.setProperty(node, 'className', length > MEDIUM ? 'long' : 'medium')
            },
          },
        })
      },
    },
  }
}
