/** The whole screen of `npm run lesson`: heading, view, footer. Pure: the same state is the same lines. */
import { join } from 'node:path'
import { hasAnswers, lessonNumber } from '../../checks/manifest.ts'
import { lessonFolder, shown } from '../project/paths.ts'
import type { TextOptions } from '../render/paint.ts'
import { diffView } from '../terminal/diff-view.ts'
import { clip, ends, firstOf, heightOf, type Room, type Size, windowOf } from '../terminal/layout.ts'
import { wireView } from '../terminal/wire-view.ts'
import { checksView, printedView } from './checks-view.ts'
import { footer } from './footer.ts'
import { hintView } from './hint-view.ts'
import { listView } from './list-view.ts'
import { docsUrl, type State } from './state.ts'
import { editorText, resetText, welcomeText } from './texts.ts'

/** Wider lines are tiring to read. */
const WIDEST = 110

/** With fewer rows than this, the checks need the room more than the heading does. */
const SMALL = 14

/** With no more rows than this, the wire needs them all. */
const ROOMY = 10

export interface Frame {
  /** They fit into the size; a line that is wider than the screen takes several rows. */
  lines: string[]
  /** The largest scroll that still shows something new; 0 when everything is on the screen. */
  last: number
}

export function frame(state: State, size: Size, paint: TextOptions['paint']): Frame {
  const width = Math.min(size.columns, WIDEST)
  const options: TextOptions = { paint, width }
  const whole = heading(state, options)
  const head = size.rows < SMALL ? whole.slice(0, 1) : whole
  const draw = (scrolls: boolean): Frame => {
    const foot = footer(state, options, scrolls)
    const rows = size.rows - heightOf(head, size.columns) - heightOf(foot, size.columns) - 1
    const body = windowOf(
      view(state, { ...options, rows }),
      { ...size, rows: Math.max(1, rows) },
      state.scroll,
    )
    return { lines: [...head, ...body.lines, '', ...foot], last: body.last }
  }
  const drawn = draw(false)
  const { lines, last } = drawn.last > 0 ? draw(true) : drawn
  return { lines: firstOf(lines, size), last }
}

function view(state: State, room: Room): string[] {
  switch (state.view.name) {
    case 'checks':
      return checksView(state, room)
    case 'welcome':
      return welcomeText(state, room)
    case 'printed':
      return printedView(state, room)
    case 'reset':
      return resetText(state, room)
    case 'editor':
      return editorText(state.view.choices, state, room)
    case 'hint':
      return hintView(state.view, room)
    case 'diff':
      return diffView(state.view, room)
    case 'wire':
      return wirePane(state, room)
    case 'list':
      return listView(state.view, state, room)
  }
}

/** The stream of `/events`; where others are opened by a POST, below it how to see one. */
function wirePane({ lesson, origin, received }: State, room: Room): string[] {
  const how = [
    '',
    '  A model answers on a stream of its own. To see one, type in another terminal:',
    `  curl -kN ${origin}/completions -d '{"prompt":"Hello"}'`,
  ]
  const below = hasAnswers(lesson) && origin && room.rows > ROOMY ? how : []
  return [...wireView([received], { ...room, rows: room.rows - below.length }), ...below]
}

function heading(state: State, { paint, width }: TextOptions): string[] {
  const { lessons, lesson, origin } = state
  const title = `Lesson ${lessonNumber(lesson.slug)} of ${lessons.length} · ${lesson.title}`
  const files = lesson.edit.map((file, index) =>
    index === 0 ? shown(join(lessonFolder(lesson.slug), file)) : file,
  )
  const edit = `  ${paint('dim', 'edit')}  ${files.join(', ')}`
  const [docs] = docsUrl(state).split('#')
  return [
    ...ends(`  ${paint('bold', title)}`, paint('dim', docs ?? ''), width),
    ...(origin ? ends(edit, `${paint('dim', 'open')}  ${origin}`, width) : [edit]),
  ]
    .map((line) => clip(line, width))
    .concat('')
}
