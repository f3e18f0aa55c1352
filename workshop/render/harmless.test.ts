/** Whatever a program, a server or a page sends: no renderer lets anything through that drives a terminal. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TestCase } from 'vitest/node'
import type { Failure } from '../../checks/verdict.ts'
import { demoFrame } from '../demo/frame.ts'
import { resultOf, verdictOf } from '../run/results.ts'
import type { Target } from '../run/target.ts'
import { frame } from '../screen/frame.ts'
import { initialState, type View } from '../screen/state.ts'
import { headers, course as lessons } from '../testing/course.ts'
import { forTerminal, harmless, readable, xmlText } from './harmless.ts'
import { junitText } from './junit.ts'
import { reportText } from './report.ts'

const lesson = headers

/** Control characters, 8-bit ones among them, but for line breaks; and what turns the direction of text. */
const DANGER = /(?!\n)\p{Cc}|\p{Bidi_Control}/u

/** Text with all that a terminal obeys: OSC 52 writes the clipboard, OSC 0 the title, CSI moves and erases. */
const foreign = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '\u001b]52;c;cHduZWQ=\u0007',
        '\u001b]0;PWNED\u001b\\',
        '\u001b[2J',
        '\u001b[8m',
        '\u001b',
      ),
      fc.constantFrom('\u009b2J', '\u009d0;x\u009c', '\u0090', '\r', '\b', '\u007f', '\t', '\n', '\0'),
      fc.constantFrom('\u202e', '\u2066', '\u200f', '\u061c', 'data: ', 'é', '漢', ' '),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''))

/** A verdict as the runner makes it, with this text wherever text comes from outside. */
function verdictWith(text: string) {
  const failure: Failure = {
    expected: text,
    received: text,
    why: text,
    fix: text,
    try: text,
    bytes: { line: text, caret: 0, should: text },
    at: { file: text, line: 1 },
  }
  const meta = { check: { id: '03-headers/content-type', failure } }
  const state = { name: 'says', fullName: 'says', meta: () => meta, diagnostic: () => undefined }
  const failed = { ...state, result: () => ({ state: 'failed' }) } as unknown as TestCase
  const skipped = {
    ...state,
    meta: () => ({ check: { id: '03-headers/status', reason: text } }),
    result: () => ({ state: 'skipped' }),
  } as unknown as TestCase
  const target: Target = { kind: 'folder', folder: '/', label: text }
  const checks = [failed, skipped].map((each) => resultOf(each, target))
  const verdict = verdictOf({ lesson, target, checks, output: text, cancelled: false, ms: 1 })
  return { ...verdict, notes: [text] }
}

const plain = { paint: (_: string, text: string) => text, width: 80 }
const size = { columns: 80, rows: 200 }

function screenWith(text: string, view: View, running = false): string {
  const verdict = verdictWith(text)
  const received = { head: text, isStream: true, bytes: Buffer.from(`data: ${text}\n\n`), over: 'over' }
  const more = { view, running, verdict, results: verdict.checks, notes: [text], printed: text, notice: text }
  const { lines } = frame(
    { ...initialState({ lessons, lesson }, [], 8080), ...more, received },
    size,
    plain.paint,
  )
  return lines.join('\n')
}

function demoWith(text: string): string {
  const bytes = Buffer.from(text, 'latin1')
  const connection = { session: 1, stream: 1, agent: text, since: 0, bytes: 1, lastEventId: text }
  const state = {
    lessons,
    lesson,
    kind: 'solution',
    origin: 'https://localhost:8080',
    now: 0,
    scroll: 0,
  } as const
  const episodes = [true, false].map((isStream) => ({ head: text, isStream, bytes }))
  const more = {
    episodes,
    connections: [connection],
    isAnswering: false,
    isSlow: false,
    isPaused: false,
    notice: '',
  }
  return demoFrame({ ...state, ...more }, size, plain.paint).lines.join('\n')
}

const hunk = (text: string) => ({ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: [`+${text}`] })
const views = (text: string): View[] => [
  { name: 'checks' },
  { name: 'printed' },
  { name: 'wire' },
  { name: 'hint', says: readable(text), file: 'server.ts', tiers: ['a', 'b', [hunk(text)]], open: 3 },
  {
    name: 'diff',
    whole: true,
    title: 'diff',
    diffs: (['changed', 'removed'] as const).map((state) => ({ file: text, state, hunks: [hunk(text)] })),
  },
]

describe('no renderer lets through what a terminal obeys', () => {
  test.each<[string, (text: string) => string | string[]]>([
    ['a report', (text) => reportText(verdictWith(text), lessons, plain)],
    ['JSON', (text) => JSON.stringify({ ...verdictWith(text), notes: [] }, undefined, 2)],
    ['JUnit', (text) => junitText([{ ...verdictWith(text), notes: [] }])],
    ['the live screen', (text) => views(text).map((view) => screenWith(text, view))],
    ['the live screen while it checks', (text) => screenWith(text, { name: 'checks' }, true)],
    ['the demo', demoWith],
    ['a printed line', harmless],
    ['a text', readable],
    ['XML', xmlText],
  ])('%s', (_, render) => {
    fc.assert(
      fc.property(foreign, (text) => {
        for (const drawn of [render(text)].flat()) expect(drawn).not.toMatch(DANGER)
      }),
    )
  })

  test('the terminal itself gets nothing but colours', () => {
    const colours = new RegExp(`${'\u001b'}\\[[\\d;]*m`, 'g')
    fc.assert(
      fc.property(foreign, (text) => {
        expect(forTerminal(text).replace(colours, '')).not.toMatch(DANGER)
      }),
    )
    expect(forTerminal('\u001b[1mbold\u001b[22m\n[0m')).toBe('\u001b[1mbold\u001b[22m\n[0m')
  })
})

test('what was sent can still be read', () => {
  expect(readable('text/\u009b2J\u001b[2J\u202e\nnext')).toBe('text/<U+009B>2J␛[2J<U+202E>\nnext')
  expect(harmless('\u001b[31mred\u001b[0m\tand\u202e blue')).toBe('red  and<U+202E> blue')
})
