import type { AstroIntegration } from 'astro'

/** Prints dark pages as light ones: what is dark on a screen is ink on paper, and its text could not be read. */
export function lightOnPaper(): AstroIntegration {
  return {
    name: 'light-on-paper',
    hooks: {
      'astro:config:setup'({ injectScript }) {
        injectScript('head-inline', `(${begin})()`)
      },
    },
  }
}

/** Runs in the page, before it is drawn. */
function begin(): void {
  const { dataset } = document.documentElement
  let theme: string | undefined
  addEventListener('beforeprint', () => {
    theme = dataset.theme
    dataset.theme = 'light'
  })
  addEventListener('afterprint', () => {
    dataset.theme = theme
  })
}
