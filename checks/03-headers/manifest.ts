import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'

export default defineLesson({
  slug: '03-headers',
  title: 'Headers',
  goal: 'GET /events answers with the head of an event stream, and stays open.',
  minutes: 10,
  entry: 'server.ts',
  edit: ['server.ts'],
  begins: 'status',
  checks: {
    starts,
    status: {
      says: 'answers GET /events with 200',
      why: 'A browser reads events from a 200, and follows redirects. On any other status it gives up and never tries again.',
      fix: "Answer ':status': 200 when headers[':path'] is /events and headers[':method'] is GET.",
      try: 'curl -ik --max-time 2 {origin}/events',
      faults: {
        silent: {
          why: 'Until the head of the answer arrives, the browser calls the connection connecting, not open.',
          fix: 'Send the head when the request comes in: stream.respond(), or response.flushHeaders() after response.setHeader().',
        },
        refused: {
          why: 'An answer came, and clients refuse it: its head has a field that belongs to HTTP/1.1, or a name with a capital letter.',
          fix: 'Leave out connection, keep-alive and transfer-encoding (RFC 9113 § 8.2.2), and write names in small letters.',
        },
        held: {
          why: 'Until the head of the answer arrives, the browser calls the connection connecting, not open.',
          fix: 'Send the head before there is an event. A proxy in front, such as nginx, may hold it back: a first comment, a colon and two line ends, frees it.',
        },
        path: {
          why: 'What stands behind the ? is not part of the path. Clients add it, for example to name a room.',
          fix: "Compare the path without its query string: headers[':path']?.split('?')[0].",
        },
      },
      hints: [
        'Which status does curl show for /events? Which line of your code chose it?',
        "Compare headers[':path'] and headers[':method'], then call stream.respond({ ':status': 200 }): nodejs.org/api/http2.html#http2streamrespondheaders-options",
        { file: 'server.ts', lines: "'/events' && method === 'GET'" },
      ],
    },
    'content-type': {
      says: 'declares an event stream',
      why: 'A browser reads events from text/event-stream alone. On any other type it gives up, or waits for ever.',
      fix: "Set 'content-type': 'text/event-stream' in the head of /events.",
      try: 'curl -ik --max-time 2 {origin}/events',
      faults: {
        charset: {
          why: 'An event stream is always UTF-8. Chromium refuses a stream that declares anything else.',
          fix: 'Leave the charset out, or write charset=utf-8.',
        },
      },
      hints: [
        'How does a browser know that this answer is a stream of events, and not a text to show?',
        "The media type is text/event-stream; it goes into the 'content-type' header: html.spec.whatwg.org/multipage/server-sent-events.html#text/event-stream",
        { file: 'server.ts', lines: 'text/event-stream' },
      ],
    },
    'cache-control': {
      says: 'keeps caches from answering by themselves',
      why: 'A cache that answers in your place hands out old events.',
      fix: "Set 'cache-control': 'no-cache' (or 'no-store') in the head of /events.",
      try: 'curl -ik --max-time 2 {origin}/events',
      hints: [
        'An event is news. What must a cache between you and the browser not do with it?',
        "The 'cache-control' header tells caches: no-cache means ask the server first, no-store means keep nothing. Both do: developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Cache-Control",
        { file: 'server.ts', lines: 'no-cache' },
      ],
    },
    uncompressed: {
      says: 'sends the stream uncompressed',
      why: 'A compressor collects bytes before it sends any, so events arrive late, and many at a time.',
      fix: 'Remove content-encoding from the head of /events, or keep the code that compresses away from it.',
      try: "curl -ik --max-time 2 -H 'accept-encoding: gzip' {origin}/events",
      hints: [
        'Read the head that arrives. What does content-encoding say about the bytes behind it?',
        'Without a content-encoding header the bytes go out as they are: rfc-editor.org/rfc/rfc9110#section-8.4',
        { file: 'server.ts', lines: 'text/event-stream' },
      ],
    },
    'no-length': {
      says: 'promises no length',
      why: 'content-length says where the body ends. Clients end a stream at which more comes, with an error.',
      fix: 'Leave content-length out of the head of /events: an event stream has no length.',
      try: 'curl -ik --max-time 2 {origin}/events',
      hints: [
        'Read the head that arrives. Can your server know how many bytes will come behind it?',
        'In HTTP/2 the content-length header may be left out, and must be right where it stands: rfc-editor.org/rfc/rfc9113#section-8.1.1',
        { file: 'server.ts', lines: 'text/event-stream' },
      ],
    },
    'stays-open': {
      says: 'keeps the stream open',
      why: 'A browser takes the end of a stream for a broken connection, and connects again, and again.',
      fix: 'Leave the stream of /events open: no end(), no close(), no destroy(), no endStream.',
      try: 'curl -kN --http2 {origin}/events',
      hints: [
        'curl -kN shows the stream. Does curl come back to the prompt by itself? It should not.',
        'stream.respond() sends the head and leaves the stream open; stream.end() is what ends it: nodejs.org/api/http2.html#http2streamrespondheaders-options',
        { file: 'server.ts', lines: 'No end()' },
      ],
    },
    'head-first': {
      says: 'sends the head before there is an event',
      why: 'No browser calls a stream open before its head has arrived. Until then the page shows that it is connecting.',
      fix: 'Send the head when the request comes in: stream.respond(), or response.flushHeaders() after response.setHeader().',
      try: 'curl -ik --max-time 2 {origin}/events',
      hints: [
        'If the first event came only after an hour, when would your server send the head?',
        'stream.respond() sends the head at once; response.setHeader() alone does not, response.flushHeaders() does: nodejs.org/api/http2.html#http2streamrespondheaders-options',
        { file: 'server.ts', lines: 'No end()' },
      ],
      needsProcess: true,
    },
    'other-methods': {
      says: 'answers other methods on /events with 405 and an allow header',
      why: 'Only GET opens an event stream. A form or a script that sends another method must be told so.',
      fix: "Answer ':status': 405 with allow: 'GET, HEAD', and end the stream.",
      try: 'curl -ik --max-time 2 -X POST {origin}/events',
      faults: {
        open: {
          why: 'A request that opens no event stream still wants an end, or its client waits for ever.',
          fix: 'Call end() after respond() for every method but GET. (For HEAD, respond() ends the stream by itself.)',
        },
        allow: {
          why: 'A 405 says that the method is wrong. Its allow header says which one is right.',
          fix: "Add allow: 'GET, HEAD' to the head of the 405 answer.",
        },
      },
      hints: [
        'What does your server answer to curl -X POST on /events, and does the answer end?',
        'Status 405 means "this path is right, the method is not", and its allow header lists the right ones: rfc-editor.org/rfc/rfc9110#section-15.5.6',
        { file: 'server.ts', lines: '405' },
      ],
    },
  },
})
