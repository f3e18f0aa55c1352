/** The keys that do something now, as the last lines of a screen. */
import type { TextOptions } from '../render/paint.ts'
import { columnsOf } from './layout.ts'

/** As many keys in a line as fit. */
export function keyLines(
  keys: readonly (readonly [key: string, label: string])[],
  { paint, width }: Pick<TextOptions, 'paint' | 'width'>,
): string[] {
  const lines: string[] = []
  let line = ' '
  for (const [key, label] of keys) {
    const entry = ` ${paint('bold', SHOWN[key] ?? key)} ${label}`
    if (columnsOf(line) + columnsOf(entry) + 2 > width) {
      lines.push(line)
      line = ' '
    }
    line += line === ' ' ? entry : `  ${entry}`
  }
  return line === ' ' ? lines : [...lines, line]
}

const SHOWN: Record<string, string> = { escape: 'esc', ' ': 'space' }
