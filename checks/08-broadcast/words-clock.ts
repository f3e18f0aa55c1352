/** What is said of the one clock. */
import type { CheckManifest } from '../manifest.ts'

export const clockWords = {
  'one-clock': {
    says: 'sends the same ticks to every client',
    why: 'A tick is one event for everyone. With a clock for each client, a thousand clients make a thousand timers.',
    fix: 'Call setInterval() once, outside of the stream listener, and broadcast() each tick, to every stream.',
    try: 'curl -kNZ --http2 {origin}/events {origin}/events',
    faults: {
      silent: {
        why: 'A client that is not in the set receives nothing of what is broadcast.',
        fix: 'Add the stream to the set in subscribe(), and call subscribe() for each GET /events.',
      },
      some: {
        why: 'Each stream is a client of its own: a second tab has one too, on the same connection.',
        fix: 'Keep the streams themselves in a Set, and not under a key that two of them may share: the session, the address, the time.',
      },
      flood: {
        why: 'Each new client made more ticks for all of them: there is more than one clock.',
        fix: 'Call setInterval() outside of the stream listener, where it runs once.',
      },
    },
    hints: [
      'How many timers does your server have when ten clients listen?',
      'What stands outside of a listener runs once, when the program starts. A Set keeps what must be found again: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Set',
      { file: 'server.ts', lines: 'One clock for everyone' },
    ],
  },
  'plain-ticks': {
    says: 'sends ticks without an id',
    why: 'An id says: from here on I missed something. Nobody misses a time that has passed, so only messages have one.',
    fix: "Broadcast the tick without an id: broadcast({ event: 'tick', data: … }).",
    try: 'curl -kN --http2 {origin}/events',
    hints: [
      'Which of your events would somebody want to have again who was away?',
      'An event without an id leaves the last event ID of the client as it was: html.spec.whatwg.org/multipage/server-sent-events.html#dispatchMessage',
      { file: 'server.ts', lines: 'One clock for everyone' },
    ],
  },
  'clock-off': {
    says: 'has no clock when TICK_MS is 0',
    why: 'A stream without a clock shows messages and nothing else. The checks of the next lessons read such a stream.',
    fix: 'Start the clock only if tick is more than 0. setInterval() takes 0 for 1, and || takes it for nothing: use ?? for the default.',
    needsProcess: true,
    hints: [
      'What does setInterval() do when it is told to wait 0 milliseconds?',
      'A delay that is less than 1 becomes 1: nodejs.org/api/timers.html#setintervalcallback-delay-args',
      { file: 'server.ts', lines: 'One clock for everyone' },
    ],
  },
} satisfies Record<string, CheckManifest>
