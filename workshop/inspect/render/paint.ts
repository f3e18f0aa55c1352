/** Colours without `styleText`, which older Nodes do not have: the file that is offered alone runs on any from 20 on. */
import type { Style, TextOptions } from '../../render/paint.ts'

/** How to write on `stream`: with colour only where it is shown, 80 columns where it is no terminal. */
export function textOptions(stream: NodeJS.WriteStream = process.stdout): TextOptions {
  const isColoured = stream.isTTY === true && stream.getColorDepth() > 1
  return {
    paint: (style, text) =>
      isColoured ? `${ESCAPE}[${CODES[style]}m${text}${ESCAPE}[${ENDS[style]}m` : text,
    width: Math.min(stream.columns ?? 80, 110),
  }
}

const ESCAPE = '\u001b'
const CODES: Record<Style, number> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 }
const ENDS: Record<Style, number> = { bold: 22, dim: 22, red: 39, green: 39, yellow: 39 }
