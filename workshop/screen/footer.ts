/** The foot of the screen: how the last save did, the progress, what was just done, and the keys that do something now. */
import { readable } from '../render/harmless.ts'
import { wrap } from '../render/lines.ts'
import type { TextOptions } from '../render/paint.ts'
import { keyLines } from '../terminal/key-lines.ts'
import { clip, columnsOf, ends } from '../terminal/layout.ts'
import { keysOf } from './actions.ts'
import { failing, heldChecks, type State } from './state.ts'
import { doneHeading } from './texts.ts'

/** How many signs the progress bar has between its brackets. */
const BAR = 15

const SCROLL = ['↑↓', 'scroll'] as const

export function footer(state: State, options: TextOptions, scrolls: boolean): string[] {
  return [
    ...verdictLine(state, options),
    ...progressLine(state, options),
    ...(state.notice
      ? wrap(readable(state.notice), options.width - 4).map((line) => `  ${options.paint('bold', line)}`)
      : []),
    ...keyLines([...(scrolls ? [SCROLL] : []), ...keysOf(state)], options),
  ]
}

/** How the last save did, or the check that is at work, where the checks themselves are not on the screen. */
function verdictLine(state: State, { paint, width }: TextOptions): string[] {
  const { view, lesson, running, verdict } = state
  const failed = failing(state)
  if (view.name === 'checks' || view.name === 'welcome') return []
  if (failed && view.name === 'hint' && view.says === failed.says) return []
  if (failed) return [clip(`  ${paint('red', '✗')} ${failed.says}`, width)]
  if (verdict?.passed && !running) return [`  ${paint('green', '✓')} ${doneHeading(lesson)}`]
  const next = Object.values(lesson.checks)[heldChecks(state).held]
  return [clip(`  ${paint('dim', '·')} ${next?.says ?? 'keeps what earlier lessons taught'}`, width)]
}

/** Where one stands, with the bar where it fits. */
function progressLine(state: State, { paint, width }: TextOptions): string[] {
  const { lessons, lesson } = state
  const { held, all } = heldChecks(state)
  const done = lessons.filter(({ slug }) => state.done.has(slug)).length
  const part = state.done.has(lesson.slug) ? 0 : held / all
  const checks = held === all ? `all ${all} checks` : `check ${held + 1} of ${all}`
  const counts = `${done}/${lessons.length} · ${checks}`
  const whole = `  Progress  ${bar((done + part) / lessons.length)}  ${counts}`
  const time = timing(state)
  const fits = columnsOf(whole) + columnsOf(time) + 2 <= width
  return ends(fits ? whole : `  Progress  ${counts}`, paint('dim', time), width)
}

function bar(part: number): string {
  const filled = Math.round(BAR * part)
  const head = part < 1 ? '>' : '#'
  return `[${`${'#'.repeat(filled)}${head}`.slice(0, BAR).padEnd(BAR, '-')}]`
}

function timing({ running, verdict }: State): string {
  if (running) return 'checking …'
  return verdict ? `checked in ${(verdict.ms / 1000).toFixed(2)} s` : ''
}
