import { defineEcConfig } from '@astrojs/starlight/expressive-code'
import { h } from '@astrojs/starlight/expressive-code/hast'
import { wordsOf } from './src/lib/words.ts'

export default defineEcConfig({
  // Long lines are wrapped: nothing has to be scrolled sideways, on a phone neither.
  defaultProps: { wrap: true },
  // It would take "--http2 https://…" for a comment that names a file, and leave of the command no more than curl.
  frames: { extractFileNameFromCode: false },
  plugins: [
    {
      name: 'Whole words',
      hooks: { postprocessRenderedLine: ({ renderData }) => keepWhole(renderData.lineAst) },
    },
  ],
})

/** Puts an element that does not break around each word that would. */
function keepWhole(element) {
  element.children = element.children.flatMap((child) => {
    if (child.type === 'element') keepWhole(child)
    if (child.type !== 'text') return child
    return wordsOf(child.value).map(({ text, whole }) =>
      whole ? h('span', { class: 'whole' }, text) : { type: 'text', value: text },
    )
  })
}
