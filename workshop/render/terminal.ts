/** What the terminal at hand can show. */
import { styleText } from 'node:util'
import type { TextOptions } from './text.ts'

/** How to write on `stream`: with colour only where it is shown (a terminal, and no NO_COLOR), 80 columns elsewhere. */
export function textOptions(stream: NodeJS.WriteStream = process.stdout): TextOptions {
  return {
    paint: (style, text) => styleText(style, text, { stream }),
    width: Math.min(stream.columns ?? 80, 110),
  }
}
