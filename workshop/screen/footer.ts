/** The foot of the screen: the progress, what was just done, and the keys that do something now. */
import { readable } from '../render/harmless.ts'
import { wrap } from '../render/lines.ts'
import type { TextOptions } from '../render/paint.ts'
import { keyLines } from '../terminal/key-lines.ts'
import { ends } from '../terminal/layout.ts'
import { keysOf } from './actions.ts'
import type { State } from './state.ts'

/** How many signs the progress bar has between its brackets. */
const BAR = 15

const SCROLL = ['↑↓', 'scroll'] as const

export function footer(state: State, options: TextOptions, scrolls: boolean): string[] {
  const { paint, width } = options
  const { lessons } = state
  const done = lessons.filter(({ slug }) => state.done.has(slug)).length
  const left = `  Progress  ${bar(done, lessons.length)}  ${done}/${lessons.length}`
  return [
    ...ends(left, paint('dim', timing(state)), width),
    ...(state.notice
      ? wrap(readable(state.notice), width - 4).map((line) => `  ${paint('bold', line)}`)
      : []),
    ...keyLines([...(scrolls ? [SCROLL] : []), ...keysOf(state)], options),
  ]
}

function bar(done: number, all: number): string {
  const filled = Math.round((BAR * done) / all)
  const head = done < all ? '>' : '#'
  return `[${`${'#'.repeat(filled)}${head}`.slice(0, BAR).padEnd(BAR, '-')}]`
}

function timing({ running, verdict }: State): string {
  if (running) return 'checking …'
  return verdict ? `checked in ${(verdict.ms / 1000).toFixed(2)} s` : ''
}
