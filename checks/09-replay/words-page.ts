/** What is said of the page. */
import type { CheckManifest } from '../manifest.ts'

export const pageWords = {
  page: {
    says: 'has a page that lists each message once, however often its connection breaks',
    why: 'The browser keeps the last id in its EventSource, and comes back with it by itself.',
    fix: 'Leave coming back to the one EventSource of the page, and append what comes.',
    faults: {
      'new-source': {
        why: 'A new EventSource knows no last id: to the server it is a new client.',
        fix: 'Open one EventSource, and leave it alone: it connects again by itself, with the last id.',
      },
      silent: {
        why: 'The page opened its stream, and a message was sent. It is not in the list.',
        fix: 'Listen for \'message\', and append its data to <ul id="list">.',
      },
    },
    hints: [
      'Who knows the last id: your script, or the EventSource?',
      'An EventSource that connects again sends its last event ID along: html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model',
      { file: 'server.ts', lines: "'last-event-id'" },
    ],
  },
  'page-reset': {
    says: 'has a page that says so when messages may be missing',
    why: 'The server has said reset. Only the page can tell the person who reads it that the list may have a gap.',
    fix: "Listen for 'reset', and append a line to the list that says it.",
    hints: [
      'Somebody closes the laptop for a night. What does your page show in the morning between the old messages and the new ones?',
      "source.addEventListener('reset', …) hears the events with that name: developer.mozilla.org/docs/Web/API/Server-sent_events/Using_server-sent_events#listening_for_custom_events",
      { file: 'page.js', lines: "'reset'" },
    ],
  },
} satisfies Record<string, CheckManifest>
