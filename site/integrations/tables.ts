import type { AstroIntegration } from 'astro'
import type { Element } from 'hast'
import type { ElementPlugin } from './base-path.ts'

/**
 * Writes to each cell of a Markdown table what column it stands in: on a phone the cells of a row stand one below the other,
 * where no heading tells.
 */
export function labelledTables(): AstroIntegration {
  return {
    name: 'labelled-tables',
    hooks: {
      'astro:config:setup'({ config }) {
        const { hastPlugins } = config.markdown.processor.options as { hastPlugins: ElementPlugin[] }
        hastPlugins.push({
          name: 'labelled-tables',
          element: {
            filter: ['table'],
            visit(table, context) {
              const [head, ...rows] = rowsOf(table as Element)
              const labels = head?.map((cell) => context.textContent(cell)) ?? []
              context.setProperty(table, 'className', 'labelled')
              for (const row of rows)
                for (const [column, cell] of row.entries())
                  context.setProperty(cell, 'dataLabel', labels[column] ?? '')
            },
          },
        })
      },
    },
  }
}

/** The cells of a table, row by row, its head first. */
function rowsOf(table: Element): Element[][] {
  const rows = elementsOf(table).flatMap(elementsOf)
  return rows.map(elementsOf)
}

function elementsOf(element: Element): Element[] {
  return element.children.filter((child) => child.type === 'element')
}
