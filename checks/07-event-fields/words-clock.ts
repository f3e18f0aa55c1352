/** What is said of the stream, its ticks, and the page that lists them. */
import type { CheckManifest } from '../manifest.ts'
import { STANDARD } from './words-encode.ts'

export const clockWords = {
  retry: {
    says: 'begins each stream with retry: 2000',
    why: 'Without it each browser waits as long as it likes before it comes back. As the first line, it holds before anything can go wrong.',
    fix: 'Write encode({ retry: 2000 }) to the stream behind respond().',
    try: 'curl -kN --http2 {origin}/events',
    faults: {
      late: {
        why: 'A connection can break before the first event. Then the browser has not read the line yet.',
        fix: 'Write it behind respond(), before the timer starts.',
      },
      digits: {
        why: 'A browser takes digits for a retry, and nothing else. It ignores this line.',
        fix: 'Write encode({ retry: 2000 }), without a unit: it is in milliseconds.',
      },
      other: {
        why: 'The number is how long a browser waits before it comes back, in milliseconds.',
        fix: 'Write encode({ retry: 2000 }).',
      },
      once: {
        why: 'The first client got the line. Each stream is read by another browser, which knows nothing of the others.',
        fix: 'Write the line to each stream, where your code answers /events.',
      },
    },
    hints: [
      'What is the first line that curl shows of your stream?',
      `retry sets how long the browser waits: ${STANDARD}#event-stream-interpretation`,
      { file: 'server.ts', lines: 'retry: 2000' },
    ],
  },
  ticks: {
    says: 'sends the time as events named tick',
    why: 'An event without a name is a message. With a name, a page can tell the clock from what people will say.',
    fix: "Give each time the name: encode({ event: 'tick', … })",
    try: 'curl -kN --http2 {origin}/events',
    faults: {
      silent: {
        why: 'The stream is open, and no event comes out of it.',
        fix: 'Send the time every TICK_MS as in lesson 4: npm run check 4 tells what is missing.',
      },
      name: {
        why: 'Whoever listens for tick hears events of exactly this name. Small and capital letters are different.',
        fix: "Write encode({ event: 'tick', … }) for each time.",
      },
    },
    hints: [
      'Which name does the browser give to an event that has none?',
      `The event field is the name that addEventListener listens for: ${STANDARD}#dispatchMessage`,
      { file: 'server.ts', lines: "event: 'tick'" },
    ],
  },
  ids: {
    says: 'gives each tick an id that no other has',
    why: 'The id says how far a client has read. One that stands for two events says nothing.',
    fix: 'Count the ticks in one variable at the top of the file, and make each id of the next number.',
    try: 'curl -kN --http2 {origin}/events',
    faults: {
      none: {
        why: 'Without an id the browser has nothing to name when it comes back.',
        fix: 'Pass an id to encode() with each tick. An id is a text: String(count)',
      },
      anew: {
        why: 'The count begins anew for each client, so that two different events have the same id.',
        fix: 'Let the count stand outside of the listener: then all streams share it.',
      },
    },
    hints: [
      'Open the stream in two terminals. Is there an id that stands in both of them, with another time?',
      `The browser sends the last id that it has seen as Last-Event-ID: ${STANDARD}#the-last-event-id-header`,
      { file: 'server.ts', lines: 'let ticks' },
    ],
    until: '08-broadcast',
  },
  listed: {
    says: 'lists the events that are named tick',
    why: 'An event with a name goes to those who listen for this name, and to nobody else.',
    fix: "Call source.addEventListener('tick', …), and append an <li> there as for a message.",
    faults: {
      error: {
        why: 'A listener that fails stops where it failed, and the list stays empty.',
        fix: 'Open the page, press F12, and read the first red line of the console.',
      },
      twice: {
        why: 'Two listeners append an item for the same event.',
        fix: "Listen for tick once: source.addEventListener('tick', …).",
      },
    },
    hints: [
      'For which names does your page listen, and which name do the events have now?',
      'addEventListener(name, …) hears the events of this name: developer.mozilla.org/docs/Web/API/EventSource#examples',
      { file: 'page.js', lines: "addEventListener('tick'" },
    ],
  },
} satisfies Record<string, CheckManifest>
