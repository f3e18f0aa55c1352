/** The screen in every state, as it looks in 80 columns and 24 rows: `frames/*.txt`. */
import type { StructuredPatchHunk } from 'diff'
import { describe, expect, test } from 'vitest'
import type { LessonManifest } from '../../checks/manifest.ts'
import type { CheckResult, CheckState, Verdict } from '../../checks/verdict.ts'
import type { Style } from '../render/paint.ts'
import { columnsOf, heightOf } from '../terminal/layout.ts'
import { course, headers, hintedDiff } from '../testing/course.ts'
import { frame } from './frame.ts'
import { initialState, type State } from './state.ts'

const plain = (_: Style, text: string) => text
const painted = (style: Style, text: string) => `\u001b[${style.length}m${text}\u001b[0m`

const last = course.at(-1) as LessonManifest

/** The checks of the lesson, up to the one that fails. */
function checks(failing?: string): CheckResult[] {
  let reached = true
  return Object.entries(headers.checks).map(([name, { says, why, fix, try: words }]) => {
    const state: CheckState = !reached ? 'not-reached' : name === failing ? 'failed' : 'passed'
    reached &&= state === 'passed'
    const result: CheckResult = { id: `03-headers/${name}`, says, state, ms: 10 }
    if (state !== 'failed') return result
    const expected = 'content-type: text/event-stream'
    const command = words?.replace('{origin}', 'https://localhost:8080')
    const at = { file: 'lessons/03-headers/server.ts', line: 22 }
    return {
      ...result,
      failure: { expected, received: 'content-type: text/plain', why, fix, try: command, at },
    }
  })
}

const earlier: CheckResult = { id: '02-http2-server/greeting', says: 'greets', state: 'passed', ms: 10 }

function verdict(results: CheckResult[], more: Partial<Verdict> = {}): Verdict {
  return {
    schema: 1,
    lesson: { number: 3, slug: '03-headers', title: 'Headers' },
    target: { kind: 'lesson', label: 'lessons/03-headers' },
    passed: results.every(({ state }) => state === 'passed'),
    checks: results,
    notes: [],
    output: '',
    ms: 312,
    ...more,
  }
}

function state(more: Partial<State> = {}): State {
  const begun = initialState({ lessons: course, lesson: headers }, ['01-certs', '02-http2-server'], 8080)
  return { ...begun, canReset: true, running: false, ...more }
}

const failed = verdict([...checks('content-type'), { ...earlier, state: 'not-reached' }])
const passed = verdict([...checks(), earlier])
const [nudge = '', api = ''] = headers.checks['content-type']?.hints ?? []
const tiers: [string, string, StructuredPatchHunk[]] = [nudge, api, hintedDiff.hunks]
const encode = (text: string) => new TextEncoder().encode(text)
const bytes = encode(': hello\n\nid: 1\ndata: one\ndata: two\n\nid: 2\n\nretry: 2000\n\ndata: 14:0')
const received = { head: 'GET /events → 200 text/event-stream', isStream: true, bytes }
const done = new Set(course.map(({ slug }) => slug))
const crash = `Listening on https://localhost:1
lessons/03-headers/server.ts:30
  throw new Error('later')
  ^

Error: later
    at Timeout._onTimeout (lessons/03-headers/server.ts:30:9)
    at process.processTimers (node:internal/timers:618:7)

}

Node.js v26.10.0
`
const flood = Array.from({ length: 60 }, (_, index) => `line ${index}`).join('\n')

const STATES: Record<string, State> = {
  welcome: state({ running: true, view: { name: 'welcome' } }),
  'welcome-no-server': state({ running: true, origin: undefined, view: { name: 'welcome' } }),
  'first-run': state({ running: true }),
  'checking-anew': state({ running: true, verdict: passed, results: checks('content-type').slice(0, 2) }),
  failed: state({ verdict: failed, editor: 'vi', canUndo: true }),
  'failed-untouched': state({ verdict: failed, canReset: false }),
  'failed-fix': state({ verdict: failed, asked: '03-headers/content-type' }),
  'failed-with-notes': state({
    verdict: { ...failed, output: 'Listening on https://localhost:1\nSomeone came.\n' },
    notes: [
      "TypeScript says, server.ts:12: Property 'foo' does not exist on type 'ServerHttp2Stream'.",
      'No lesson fails for what TypeScript says: what runs right passes.',
    ],
  }),
  'missed-save': state({
    verdict: failed,
    hasMissed: true,
    notice: 'Your system did not tell of that save.',
  }),
  passed: state({
    verdict: passed,
    done: new Set(['01-certs', '02-http2-server', '03-headers']),
    printed: 'Listening on https://localhost:8080\n',
  }),
  'last-passed-others-open': state({
    lesson: last,
    verdict: { ...passed, lesson: { number: course.length, slug: last.slug, title: last.title } },
    done: new Set([last.slug]),
  }),
  ending: state({ lesson: last, verdict: passed, done }),
  'hint-1': state({
    verdict: failed,
    view: { name: 'hint', says: 'declares an event stream', file: 'server.ts', tiers, open: 1 },
  }),
  'hint-3': state({
    verdict: failed,
    view: { name: 'hint', says: 'declares an event stream', file: 'server.ts', tiers, open: 3 },
    scroll: Number.MAX_SAFE_INTEGER,
  }),
  diff: state({
    verdict: failed,
    view: {
      name: 'diff',
      whole: false,
      title: 'What matters here: your code → the solution',
      diffs: [hintedDiff],
    },
  }),
  'diff-none': state({
    verdict: passed,
    view: { name: 'diff', whole: true, title: 'Your code → the solution', diffs: [] },
  }),
  wire: state({ verdict: passed, received, view: { name: 'wire' } }),
  'wire-silent': state({
    verdict: passed,
    received: { ...received, bytes: encode('') },
    view: { name: 'wire' },
  }),
  'wire-no-stream': state({
    verdict: failed,
    received: { head: 'GET /events → 404 text/plain', isStream: false, bytes: encode('Not found\n') },
    view: { name: 'wire' },
  }),
  'wire-of-answers': state({
    lesson: { ...last, slug: '14-token-stream' },
    verdict: passed,
    received,
    view: { name: 'wire' },
  }),
  'wire-after-save': state({
    running: true,
    verdict: failed,
    results: checks('content-type').slice(0, 2),
    received,
    view: { name: 'wire' },
  }),
  editor: state({ verdict: failed, view: { name: 'editor', choices: ['code', 'nano', 'vi'] } }),
  'editor-none': state({ verdict: failed, view: { name: 'editor', choices: [] } }),
  list: state({ verdict: failed, view: { name: 'list', filter: '', selected: 2 } }),
  crashed: state({ verdict: { ...failed, checks: failed.checks.slice(0, 3), output: crash } }),
  'list-search': state({ verdict: failed, view: { name: 'list', filter: 'open page', selected: 0 } }),
  'list-nothing': state({ verdict: failed, view: { name: 'list', filter: 'xyz', selected: 0 } }),
  reset: state({ verdict: failed, view: { name: 'reset' } }),
  printed: state({ verdict: { ...failed, output: flood }, printed: flood, view: { name: 'printed' } }),
  scrolled: state({ verdict: failed, printed: flood, view: { name: 'printed' }, scroll: 10 }),
}

describe.each(Object.entries(STATES))('%s', (name, each) => {
  test('looks like this', async () => {
    const { lines } = frame(each, { columns: 80, rows: 24 }, plain)
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`frames/${name}.txt`)
  })

  test('fits every window', () => {
    for (const columns of [40, 60, 80, 110, 200]) {
      for (const rows of [8, 12, 16, 24, 50]) {
        const { lines } = frame(each, { columns, rows }, painted)
        expect(heightOf(lines, columns), `${columns}×${rows}`).toBeLessThanOrEqual(rows)
        if (columns < 80) continue
        const wide = lines.filter((line) => columnsOf(line) > columns)
        expect(wide, `${columns}×${rows}`).toEqual([])
      }
    }
  })

  test('says the same without colour', () => {
    const bare = frame(each, { columns: 80, rows: 24 }, plain).lines
    const coloured = frame(each, { columns: 80, rows: 24 }, painted).lines
    expect(coloured.map((line) => line.replaceAll(/\p{Cc}\[\d+m/gu, ''))).toEqual(bare)
  })
})

describe('a save shows its verdict in every view', () => {
  const views = Object.values(STATES).map(({ view }) => view)
  test.each(views.filter(({ name }) => name !== 'welcome'))('$name', (view) => {
    const show = (more: Partial<State>) => frame(state({ ...more, view }), { columns: 80, rows: 24 }, plain)
    expect(show({ verdict: failed }).lines.join('\n')).toContain('✗ declares an event stream')
    expect(show({ verdict: passed }).lines.join('\n')).toContain('Lesson 3 is done.')
  })
})

test('the bar counts the checks of the lesson as well', () => {
  const bar = (more: Partial<State>) =>
    frame(state(more), { columns: 80, rows: 24 }, plain).lines.find((line) => line.startsWith('  Progress'))
  expect(bar({ verdict: failed })).toMatch(/\[#{7}>-{7}\] {2}2\/5 · check 3 of 9 /)
  expect(bar({ verdict: passed, done: new Set(['03-headers']) })).toMatch(
    /\[#{3}>-{11}\] {2}1\/5 · all 9 checks /,
  )
  const both = verdict([...checks(), { ...earlier, state: 'failed' }])
  expect(bar({ verdict: both })).toContain('check 9 of 9')
})

test('below the checks stands what the program printed, and no port of a check beside its own', () => {
  const output = 'Listening on https://localhost:PORT\nSomeone came.\n}\n'
  const show = (more: Partial<State>) => frame(state(more), { columns: 80, rows: 40 }, plain).lines.join('\n')
  const below = show({ verdict: { ...failed, output } })
  expect(below).toContain('your program printed\n  │ Someone came.\n\n')
  expect(show({ verdict: passed, printed: output.replace('PORT', '8080') })).toContain('localhost:8080\n')
  expect(show({ verdict: { ...failed, output }, origin: undefined })).toContain('localhost:PORT\n')
})

test('every line can be reached by scrolling', () => {
  const long = STATES.printed as State
  const size = { columns: 80, rows: 24 }
  const seen = new Set<string>()
  const { last: end } = frame(long, size, plain)
  for (let scroll = 0; scroll <= end; scroll++) {
    for (const line of frame({ ...long, scroll }, size, plain).lines) seen.add(line.trim())
  }
  for (const line of flood.split('\n')) expect(seen).toContain(`│ ${line}`)
})

test('in a small window the failing check keeps its room', async () => {
  const { lines } = frame(STATES.failed as State, { columns: 60, rows: 12 }, plain)
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('frames/small.txt')
  expect(lines.join('\n')).toContain('✗ declares an event stream')
})
