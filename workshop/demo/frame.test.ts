/** The demo's screen in every state, as it looks in 80 columns and 24 rows: `frames/*.txt`. */
import { describe, expect, test } from 'vitest'
import type { LessonManifest } from '../../checks/manifest.ts'
import type { Style } from '../render/paint.ts'
import { heightOf } from '../terminal/layout.ts'
import { course, messages, nextDiff, server } from '../testing/course.ts'
import { farewellText } from './foot.ts'
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

/** Lessons 6 to 13: which of them has what to show is told by its number. */
const later = [
  '06-six',
  '07-seven',
  '08-eight',
  '09-replay',
  '10-heartbeat',
  '11-slow-consumers',
  '12-security',
  '13-shutdown',
].map((slug): LessonManifest => ({ ...messages, slug, title: 'A later lesson' }))
const numbered = (number: number) => later[number - 6] as LessonManifest
const [replay, heartbeat, slow, shutdown] = [numbered(9), numbered(10), numbered(11), numbered(13)]
const tokens: LessonManifest = { ...messages, slug: '14-token-stream', title: 'A later lesson' }
const about = (lesson: LessonManifest) => ({ lesson, lessons: [...course, ...later] })

const idOf = (count: number) => `25b64464-34a3-4c1e-b5a1-9163ade1ba3e-${count}`
const message = (count: number) => `id: ${idOf(count)}\ndata: Message ${count}\n\n`
const stream = (...blocks: string[]) => new TextEncoder().encode(blocks.join(''))

const prompt = '{"prompt":"Tell the room a story"}'
const answer = {
  head: `POST /completions ${prompt} → 200 text/event-stream`,
  isStream: true,
  bytes: stream('data: {"token":"You"}\n\n', 'data: {"token":" said"}\n\n'),
}

const texts = (count: number) => Array.from({ length: count }, (_, index) => `Message ${index + 1}`)

function frozen(more: Partial<NonNullable<DemoState['frozen']>>): DemoState['frozen'] {
  const begun = { inWindow: 0, inMemory: 0, most: 0, sent: [], received: [] }
  return { ...begun, stage: 'asleep', isBusy: true, ...more }
}

function state(more: Partial<DemoState> = {}): DemoState {
  return {
    lessons: course,
    lesson: messages,
    kind: 'solution',
    origin: 'https://localhost:8080',
    episodes: [episode],
    connections: [connection, { ...connection, session: 2, stream: 5, agent: chrome, lastEventId: '' }],
    now: 13_400,
    isAnswering: false,
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
  missed: state({
    ...about(replay),
    notice: 'POST /messages → 204',
    connections: [{ ...connection, lastEventId: idOf(3) }],
    episodes: [
      {
        ...episode,
        bytes: stream('retry: 2000\n\n', message(1)),
        over: 'the connection is gone; back in 2 s',
      },
      {
        head: `GET /events (last-event-id: ${idOf(1)}) → 200 text/event-stream`,
        isStream: true,
        bytes: stream('retry: 2000\n\n', message(2), message(3)),
        missed: new Set([`message ${idOf(1)}`, `message ${idOf(2)}`]),
      },
    ],
  }),
  dead: state({
    ...about(heartbeat),
    episodes: [{ ...episode, bytes: stream(message(1), ': still here\n\n', ': still here\n\n') }],
    dead: { since: 10_400, pings: 1 },
  }),
  'dead-and-ended': state({
    ...about(heartbeat),
    episodes: [{ ...episode, bytes: stream(message(1), ': still here\n\n', ': still here\n\n') }],
    dead: { since: 9_000, pings: 1, endedAt: 13_020 },
    notice: 'All connections are cut. Press m: they miss a message.',
  }),
  frozen: state({
    ...about(slow),
    episodes: [{ ...episode, bytes: stream(message(1), message(2), message(3)) }],
    frozen: frozen({ inWindow: 1024, inMemory: 1966, sent: texts(46) }),
  }),
  evicted: state({
    ...about(slow),
    episodes: [{ ...episode, bytes: stream(message(1), message(2), message(3)) }],
    frozen: frozen({ stage: 'evicted', inWindow: 1024, most: 2028, sent: texts(48), received: texts(14) }),
  }),
  'evicted-and-back': state({
    ...about(slow),
    episodes: [{ ...episode, bytes: stream(message(1), message(2), message(3)) }],
    frozen: frozen({ stage: 'back', most: 2028, sent: texts(48), received: texts(48), isBusy: false }),
  }),
  'never-evicted': state({
    ...about(slow),
    kind: 'starter',
    frozen: frozen({ stage: 'never evicted', inWindow: 1024, inMemory: 5422, isBusy: false }),
  }),
  answering: state({
    lesson: tokens,
    lessons: [...course, ...later, tokens],
    episodes: [episode, answer],
    isAnswering: true,
  }),
  stopped: state({
    lesson: tokens,
    lessons: [...course, ...later, tokens],
    episodes: [episode, { ...answer, over: 'reset by the client: the model has stopped, too' }],
  }),
  restarted: state({
    ...about(shutdown),
    notice: farewellText({ ms: 52, exit: { code: 0, signal: null } }),
    connections: [{ ...connection, session: 2, lastEventId: idOf(0) }],
    episodes: [
      {
        ...episode,
        bytes: stream(message(1), 'retry: 1211\n\n'),
        over: 'the server has ended the stream; back in 1.211 s',
      },
      {
        head: `GET /events (last-event-id: ${idOf(1)}) → 200 text/event-stream`,
        isStream: true,
        bytes: stream('retry: 2000\n\n', `event: reset\nid: ${idOf(0)}\ndata: \n\n`),
      },
    ],
  }),
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

test.each(['missed', 'dead', 'dead-and-ended', 'evicted-and-back', 'restarted', 'stopped'])(
  '%s in 60 columns and 16 rows',
  async (name) => {
    const { lines } = demoFrame(STATES[name] as DemoState, { columns: 60, rows: 16 }, plain)
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`frames/${name}-large-type.txt`)
  },
)

test('in large type a message still shows its line end, and a connection its last id', async () => {
  const { lines } = demoFrame(STATES.large as DemoState, { columns: 60, rows: 18 }, plain)
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('frames/large-type.txt')
  expect(lines.join('\n')).toContain('data: 2026-01-01T10:00:00.000Z␊ │ message: 2026-01-')
})
