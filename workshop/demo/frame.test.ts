/** The demo's screen in every state, as it looks in 80 columns and 24 rows: `frames/*.txt`. */
import { describe, expect, test } from 'vitest'
import type { Style } from '../render/paint.ts'
import { heightOf } from '../terminal/layout.ts'
import { course, messages, nextDiff, server } from '../testing/course.ts'
import { demoFrame } from './frame.ts'
import { OWN_AGENT } from './observer.ts'
import type { DemoState } from './state.ts'

const plain = (_: Style, text: string) => text

const bytes = new TextEncoder().encode('data: 10:00\n\ndata: 10:01\n\nda')
const episode = { head: 'GET /events → 200 text/event-stream', isStream: true, bytes }
const connection = {
  session: 1,
  stream: 1,
  agent: OWN_AGENT,
  since: 1_000,
  bytes: 1_234,
  lastEventId: '17',
}
const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36'

function state(more: Partial<DemoState> = {}): DemoState {
  return {
    lessons: course,
    lesson: messages,
    kind: 'solution',
    origin: 'https://localhost:8080',
    episodes: [episode],
    connections: [connection, { ...connection, session: 2, stream: 5, agent: chrome, lastEventId: '' }],
    now: 13_400,
    isSlow: false,
    isPaused: false,
    scroll: 0,
    notice: '',
    ...more,
  }
}

const STATES: Record<string, DemoState> = {
  begun: state({ episodes: [], connections: [] }),
  streaming: state(),
  killed: state({
    connections: [],
    notice: 'All connections are cut: an EventSource comes back by itself.',
    episodes: [{ ...episode, over: 'the connection is gone; back in 3 s' }],
  }),
  back: state({
    episodes: [
      { ...episode, over: 'the connection is gone; back in 3 s' },
      { head: 'GET /events (last-event-id: 17) → 200 text/event-stream', isStream: true, bytes },
    ],
  }),
  'slow-and-paused': state({ isSlow: true, isPaused: true }),
  large: state({
    notice: 'All connections are cut: an EventSource comes back by itself.',
    episodes: [{ ...episode, bytes: new TextEncoder().encode('data: 2026-01-01T10:00:00.000Z\n\n') }],
  }),
  crowd: state({
    connections: Array.from({ length: 20 }, (_, index) => ({ ...connection, session: index })),
  }),
  'no-stream': state({
    lesson: server,
    kind: 'starter',
    connections: [],
    episodes: [{ head: 'GET / → 404 text/plain', isStream: false, bytes: new TextEncoder().encode('No\n') }],
  }),
  diff: state({ diff: [nextDiff] }),
}

describe.each(Object.entries(STATES))('%s', (name, each) => {
  test('looks like this', async () => {
    const { lines } = demoFrame(each, { columns: 80, rows: 24 }, plain)
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`frames/${name}.txt`)
  })

  test('fits every window', () => {
    for (const columns of [40, 60, 80, 200]) {
      for (const rows of [8, 16, 24, 60]) {
        const { lines } = demoFrame(each, { columns, rows }, plain)
        expect(heightOf(lines, columns), `${columns}×${rows}`).toBeLessThanOrEqual(rows)
      }
    }
  })
})

test('in large type a message still shows its line end, and a connection its last id', async () => {
  const { lines } = demoFrame(STATES.large as DemoState, { columns: 60, rows: 18 }, plain)
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('frames/large-type.txt')
  expect(lines.join('\n')).toContain('data: 2026-01-01T10:00:00.000Z␊ │ message: 2026-01-')
})
