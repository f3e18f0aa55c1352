import type { AstroIntegration } from 'astro'
import type { Element, Text } from 'hast'
import { wordsOf } from '../src/lib/words.ts'
import type { ElementPlugin } from './base-path.ts'

/** Up to so many characters fit on the narrowest phone. */
const SHORT = 32

/** Up to so many fit on a desk, in a table too. */
const MEDIUM = 55

/**
 * Gives code in a text a class by its length, since code does not break: not at a hyphen, and not before the last word of a
 * command. Only what would be wider than the screen may, between its words: theme.css says where.
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
              const text = context.textContent(node)
              if (text.endsWith('\n')) return // a block of code, and not code in a text
              if (text.length > MEDIUM) context.setProperty(node, 'className', 'long')
              else if (text.length > SHORT) context.replaceNode(node, mediumCode(text))
            },
          },
        })
      },
    },
  }
}

function mediumCode(text: string): Element {
  const children = wordsOf(text).map((word): Element | Text => {
    const value: Text = { type: 'text', value: word.text }
    const properties = { className: ['whole'] }
    return word.whole ? { type: 'element', tagName: 'span', properties, children: [value] } : value
  })
  return { type: 'element', tagName: 'code', properties: { className: ['medium'] }, children }
}
