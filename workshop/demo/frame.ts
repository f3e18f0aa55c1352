/** The whole screen of `npm run demo`: bytes left, events right, connections below. Pure. */
import { lessonNumber } from '../../checks/manifest.ts'
import type { Connection } from '../../checks/support/proxy/proxy.ts'
import { shown, solutionFolder, starterFolder } from '../project/paths.ts'
import { readable } from '../render/harmless.ts'
import { wrap } from '../render/lines.ts'
import type { TextOptions } from '../render/paint.ts'
import { diffView } from '../terminal/diff-view.ts'
import { keyLines } from '../terminal/key-lines.ts'
import {
  clip,
  clipMiddle,
  columnsOf,
  ends,
  fill,
  firstOf,
  heightOf,
  type Size,
  windowOf,
} from '../terminal/layout.ts'
import { wireView } from '../terminal/wire-view.ts'
import { footTexts, secondsOf } from './foot.ts'
import { demoKeys, neighbour } from './keys.ts'
import { OWN_AGENT } from './observer.ts'
import type { DemoState } from './state.ts'

type Options = Pick<TextOptions, 'paint' | 'width'>

/** What a `user-agent` contains, and whose it is. Each browser also names those that come after it here. */
const AGENTS = [
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
  ['curl/', 'curl'],
] as const

/** A window with fewer rows than this has none to spare: for blank lines, and for long lists. */
const LOW = 20

/** How many connections are listed; the rest is counted. */
const LISTED = 4
const LISTED_LOW = 2

/** Drawn for a projector: few words, and also in a window of 60 columns and 16 rows. */
export function demoFrame(
  state: DemoState,
  size: Size,
  paint: TextOptions['paint'],
): { lines: string[]; last: number } {
  const isLow = size.rows < LOW
  const gap = isLow ? [] : ['']
  const options = { paint, width: size.columns }
  const head = [...heading(state, options), ...gap]
  const keys = state.diff ? [['↑↓', 'scroll'] as const, ...demoKeys(state)] : demoKeys(state)
  const foot = [...gap, ...footLines(state, options), ...keyLines(keys, options)]
  const below = state.diff ? [] : connectionLines(state, isLow ? LISTED_LOW : LISTED, options)
  const rows = Math.max(1, size.rows - heightOf([...head, ...below, ...foot], size.columns))
  const body = state.diff
    ? diffView({ title: diffTitle(state), diffs: state.diff }, options)
    : padded(wireView(state.episodes, { ...options, rows }), rows)
  const { lines, last } = windowOf(body, { ...size, rows }, state.scroll)
  return { lines: firstOf([...head, ...lines, ...below, ...foot], size), last }
}

function heading({ lessons, lesson, kind, origin }: DemoState, { paint, width }: Options): string[] {
  const unsolved = kind === 'starter' ? ' (starter)' : ''
  const title = `Lesson ${lessonNumber(lesson.slug)} of ${lessons.length} · ${lesson.title}${unsolved}`
  const folder = (kind === 'starter' ? starterFolder : solutionFolder)(lesson.slug)
  return [
    ...ends(`  ${paint('bold', title)}`, paint('dim', `${shown(folder)}/${lesson.entry}`), width).slice(0, 1),
    `  ${paint('dim', 'open')}  ${origin}`,
  ].map((line) => clip(line, width))
}

function footLines(state: DemoState, { paint, width }: Options): string[] {
  return footTexts(state)
    .flatMap((line) => wrap(line, width - 2))
    .map((line) => `  ${paint('bold', line)}`)
}

/** Who listens: session and stream, bytes so far, age, last event ID. */
function connectionLines({ connections, now }: DemoState, most: number, { paint, width }: Options): string[] {
  const row = (...[who, session, stream, bytes, age, lastId = '']: string[]) => {
    const cells = `  ${fill(who ?? '', 15)}${[session, stream, bytes, age].map((cell) => cell?.padStart(8)).join('')}   `
    return clip(cells + clipMiddle(lastId, Math.max(1, width - columnsOf(cells))), width)
  }
  const title = row('connections', 'session', 'stream', 'bytes', 'age', 'last id')
  if (connections.length === 0) return ['', paint('dim', title), '  none: no event stream is open']
  const listed = connections.slice(0, most).map((connection) => {
    const { session, stream, bytes, since, lastEventId } = connection
    const age = `${secondsOf(now - since)} s`
    return row(
      nameOf(connection),
      String(session),
      String(stream),
      String(bytes),
      age,
      readable(lastEventId) || '–',
    )
  })
  const more = connections.length - most
  return ['', paint('dim', title), ...listed, ...(more > 0 ? [`  … and ${more} more`] : [])]
}

/** The client of a connection, as people call it. */
function nameOf({ agent }: Connection): string {
  if (agent === OWN_AGENT) return 'this screen'
  return AGENTS.find(([part]) => agent.includes(part))?.[1] ?? 'another client'
}

function diffTitle(state: DemoState): string {
  const before = neighbour(state, -1)
  const folder = state.kind === 'starter' ? starterFolder : solutionFolder
  return `${shown(solutionFolder(before?.slug ?? ''))} → ${shown(folder(state.lesson.slug))}`
}

/** Keeps what stands below in its place while the stream is still short. */
function padded(lines: string[], rows: number): string[] {
  return [...lines, ...Array.from({ length: Math.max(0, rows - lines.length) }, () => '')]
}
