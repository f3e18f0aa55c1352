/** What is shown while a stream comes: its head in a line, and then each event, and what became none. */
import { decode, visible } from '../../../checks/wire/bytes.ts'
import { fieldOf, opensStream } from '../../../checks/wire/head-rules.ts'
import { LineReader, sourceOf } from '../../../checks/wire/lines.ts'
import type { ParsedEvent } from '../../../checks/wire/parse.ts'
import type { TextOptions } from '../../render/paint.ts'
import { clip } from '../../terminal/layout.ts'
import type { AnswerHead } from '../answer.ts'
import { time } from '../figures.ts'
import { APART, type Happening, type Watcher } from '../recording.ts'

/** So many lines of a block are shown. */
const MOST_LINES = 8

/** No more of a block is looked at for what it is, in bytes. */
const NEAR = 4096

export interface LiveOptions extends TextOptions {
  /** Whether every line is shown as it came. */
  lines: boolean
  /** Whether it comes over a network: a head that was saved has no time. */
  live: boolean
}

/** @param print takes one line at a time */
export function liveView(print: (line: string) => void, options: LiveOptions): Watcher {
  const { paint, width } = options
  let last: number | undefined
  let shown = 0
  let isStream = true
  return {
    head(head) {
      isStream = opensStream(head)
      print(`  ${clip(headLine(head, options.live), width - 2)}`)
      print('')
    },
    happened(happening) {
      shown++
      if (shown > APART + 1) return
      if (shown > APART) return print(`  ${paint('dim', '… and more: from here on they are counted')}`)
      if (!isStream && !options.lines) {
        if (shown === 1)
          for (const row of plainRows(happening)) print(paint('dim', clip(`    ${row}`, width)))
        return
      }
      const rows = options.lines ? lineRows(happening) : eventRows(happening)
      const isEvent = happening.events.length > 0
      for (const [index, row] of rows.entries()) {
        const when = index === 0 ? times(happening.at, isEvent ? last : undefined) : ' '.repeat(TIMES)
        const text = clip(row, width - TIMES - 1)
        print(`${paint('dim', when)} ${isEvent && !options.lines ? text : paint('dim', text)}`)
      }
      if (isEvent) last = happening.at
    },
  }
}

/** `200 · text/event-stream · HTTP/2 · head after 12 ms`. */
function headLine(head: AnswerHead, live: boolean): string {
  const type = fieldOf(head.fields, 'content-type')
  const encoding = fieldOf(head.fields, 'content-encoding')
  return [
    String(head.status),
    visible(type ?? 'no content-type'),
    ...(encoding === undefined ? [] : [visible(encoding)]),
    `HTTP/${head.version}`,
    ...(live ? [`head after ${time(head.ms)}`] : []),
  ].join(' · ')
}

const TIMES = 20

/** `   1.02 s   + 0.51 s`. */
function times(at: number, last: number | undefined): string {
  const gap = last === undefined ? '' : `+ ${time(at - last)}`
  return `${time(at).padStart(9)} ${gap.padStart(TIMES - 10)}`
}

/** The first lines of what is no event stream. */
function plainRows({ block }: Happening): string[] {
  const lines = decode(block.subarray(0, NEAR))
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
  return lines.slice(0, MOST_LINES).map(visible)
}

function eventRows({ block, events, finished }: Happening): string[] {
  if (events.length > 0) return events.flatMap(rowsOf)
  const { kinds, first } = glance(block)
  return [`${first === '' ? '' : `${first}  `}${remarkOn(kinds, finished)}`]
}

function rowsOf({ type, data, id }: ParsedEvent): string[] {
  const lines = data.slice(0, NEAR).split('\n', MOST_LINES + 1)
  const name = `${visible(type)}${id === undefined ? '' : ` #${visible(id)}`}`
  const [first = '', ...more] = lines.map(visible)
  const rest = more
    .slice(0, MOST_LINES - 1)
    .map((line) => `${' '.repeat(Math.min(name.length, 20) + 2)}${line}`)
  return [`${name}  ${first}`, ...rest, ...(lines.length > MOST_LINES ? ['  …'] : [])]
}

/** Every line of a block, line ends visible; behind the last one, what became of it. */
function lineRows({ block, events, finished }: Happening): string[] {
  const source = sourceOf(block.subarray(0, NEAR))
  const reader = new LineReader(source, { number: 1, offset: 0, index: 0 })
  const rows: string[] = []
  for (let line = reader.next(); line && rows.length < MOST_LINES * 4; line = reader.next())
    rows.push(visible(line.raw))
  if (events.length > 0) rows.push(...events.map(({ type }) => `→ ${visible(type)}`))
  else rows.push(`→ ${remarkOn(glance(block).kinds, finished)}`)
  return rows
}

/** Which lines are in a block, and the first that is not blank. */
function glance(block: Uint8Array): { kinds: Set<string>; first: string } {
  const reader = new LineReader(sourceOf(block.subarray(0, NEAR)))
  const kinds = new Set<string>()
  let first = ''
  for (let line = reader.next(); line; line = reader.next()) {
    if (line.kind === 'blank') continue
    kinds.add(line.kind === 'comment' ? ':' : line.name)
    first ||= visible(line.text)
  }
  return { kinds, first }
}

/** Why nothing came of a block. */
function remarkOn(kinds: Set<string>, finished: boolean): string {
  if (kinds.size === 0) return '(a blank line: no event)'
  if (kinds.size === 1 && kinds.has(':')) return '(a comment: no event)'
  if (!finished) return '(no blank line came: no event)'
  if (kinds.has('retry')) return '(sets the reconnection time: no event)'
  if (kinds.has('id')) return '(sets the last event ID: no event)'
  return '(no data field: no event)'
}
