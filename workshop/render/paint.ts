/** How text is marked up, and what the terminal at hand can show of it. */
import { styleText } from 'node:util'

/** No sentence is written in yellow or cyan: on a light terminal they can hardly be read. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow'

export interface TextOptions {
  /** Marks a piece of text up; the identity where there is no colour. */
  paint: (style: Style, text: string) => string
  /** Columns. */
  width: number
}

/** How to write on `stream`: with colour only where it is shown (a terminal, and no NO_COLOR), 80 columns elsewhere. */
export function textOptions(stream: NodeJS.WriteStream = process.stdout): TextOptions {
  return {
    paint: (style, text) => styleText(style, text, { stream }),
    width: Math.min(stream.columns ?? 80, 110),
  }
}
