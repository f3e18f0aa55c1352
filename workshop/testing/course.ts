/**
 * A course of five lessons that stays as it is. How the screens look is tried with it, so that no golden screen changes
 * when a lesson of the real course is added or reworded.
 */
import type { CheckManifest, LessonManifest } from '../../checks/manifest.ts'
import type { FileDiff } from '../project/diff.ts'

/** The lesson that the screens are about. */
export const headers: LessonManifest = {
  slug: '03-headers',
  title: 'Headers',
  goal: 'GET /events answers with the head of an event stream, and stays open.',
  minutes: 10,
  entry: 'server.ts',
  edit: ['server.ts'],
  begins: 'status',
  checks: {
    starts: check('starts, listens on PORT, and speaks HTTP/2'),
    status: check('answers GET /events with 200'),
    'content-type': {
      says: 'declares an event stream',
      why: 'A browser reads events from text/event-stream alone. On any other type it gives up, or waits for ever.',
      fix: "Set 'content-type': 'text/event-stream' in the head of /events.",
      try: 'curl -ik --max-time 2 {origin}/events',
      hints: [
        'How does a browser know that this answer is a stream of events, and not a text to show?',
        "The media type is text/event-stream; it goes into the 'content-type' header: html.spec.whatwg.org/multipage/server-sent-events.html#text/event-stream",
        { file: 'server.ts', lines: 'text/event-stream' },
      ],
    },
    'cache-control': check('keeps caches from answering by themselves'),
    uncompressed: check('sends the stream uncompressed'),
    'stays-open': check('keeps the stream open'),
    'head-first': check('sends the head before there is an event'),
    'other-methods': check('answers other methods on /events with 405 and an allow header'),
  },
}

/** What its solution changes where the hint of `content-type` looks. */
export const hintedDiff: FileDiff = {
  file: 'server.ts',
  state: 'changed',
  hunks: [
    {
      oldStart: 18,
      oldLines: 4,
      newStart: 19,
      newLines: 7,
      lines: [
        "     reply(stream, { ':status': 200, 'content-type': 'text/plain; charset=utf-8' }, 'Hello over HTTP/2!\\n')",
        '-    // TODO 1: Answer GET /events with the headers of an event stream, and leave the stream open.',
        '-    // TODO 2: Answer any other method on /events with 405 and an allow header.',
        "+  } else if (path === '/events' && method === 'GET') {",
        '+    // No end(): the head goes out at once, and the stream stays open for what is to come.',
        "+    stream.respond({ ':status': 200, 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })",
        "+  } else if (path === '/events') {",
        "+    reply(stream, { ':status': 405, allow: 'GET' }, 'Only GET opens an event stream\\n')",
        '   } else {',
      ],
    },
  ],
}

/** What the lesson after it changes in its solution. */
export const nextDiff: FileDiff = {
  file: 'server.ts',
  state: 'changed',
  hunks: [
    {
      oldStart: 2,
      oldLines: 6,
      newStart: 2,
      newLines: 7,
      lines: [
        " import { createSecureServer, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2'",
        ' ',
        ' const port = Number(process.env.PORT ?? 8080)',
        '+const tick = Number(process.env.TICK_MS ?? 1000)',
        ' ',
        ' const server = createSecureServer({',
        "   key: readFileSync('certs/privkey.pem'),",
      ],
    },
    {
      oldStart: 20,
      oldLines: 6,
      newStart: 21,
      newLines: 7,
      lines: [
        "   } else if (path === '/events' && method === 'GET') {",
        '     // No end(): the head goes out at once, and the stream stays open for what is to come.',
        "     stream.respond({ ':status': 200, 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code, as text
        '+    setInterval(() => stream.write(`data: ${new Date().toISOString()}\\n\\n`), tick)',
        "   } else if (path === '/events') {",
        "     reply(stream, { ':status': 405, allow: 'GET' }, 'Only GET opens an event stream\\n')",
        '   } else {',
      ],
    },
  ],
}

export const server = lesson(
  '02-http2-server',
  'An HTTP/2 server',
  'Your server answers over HTTP/2, and no client can make it fall.',
)

export const messages = lesson(
  '04-message-format',
  'Message format',
  'The stream tells the time: one message after another, in the format that a browser reads.',
)

/** All of it, in order. */
export const course: readonly LessonManifest[] = [
  {
    ...lesson(
      '01-certs',
      'Certificates',
      'make-certs.ts makes a key and a certificate that a browser accepts for localhost.',
    ),
    entry: 'make-certs.ts',
    edit: ['make-certs.ts'],
  },
  server,
  headers,
  messages,
  lesson(
    '05-client-page',
    'The page that listens',
    'A page at / opens an EventSource, lists each message, and shows the state of its connection.',
  ),
]

function lesson(slug: string, title: string, goal: string): LessonManifest {
  return { ...headers, slug, title, goal }
}

/** A check of which only the sentence is to be seen. */
function check(says: string): CheckManifest {
  return { says, why: '', fix: '', hints: ['', '', { file: 'server.ts', lines: '' }] }
}
