/** What is said of the page and its form. */
import type { CheckManifest } from '../manifest.ts'

export const pageWords = {
  form: {
    says: 'sends what is written in its form, and empties it',
    why: 'A stream goes one way, from the server to the page. What people write takes the other way: a request of its own.',
    fix: "Listen for 'submit', call preventDefault(), and fetch('/messages', { method: 'POST', body: form.elements.text.value }).",
    faults: {
      missing: {
        why: 'The form of the page is where people write.',
        fix: 'Put <form id="send"> with <input name="text"> into page.html, as the starter has it.',
      },
      leaves: {
        why: 'A browser that submits a form loads a page. Yours loaded anew, and its list was empty.',
        fix: "Call event.preventDefault() first in the listener of 'submit'.",
      },
      other: {
        why: 'The body of the request is the text and nothing else: no name before it, no quotes, no JSON.',
        fix: 'Give the text itself to fetch(): body: form.elements.text.value.',
      },
      empty: {
        why: 'The text was read when the form had been emptied.',
        fix: 'Read the text first, and call form.reset() when the answer is there.',
      },
      kept: {
        why: 'Whoever has sent a message wants to write the next one, and not to delete the last.',
        fix: 'Call form.reset() when the answer is there.',
      },
    },
    hints: [
      'What does the network tab of your browser (F12) show when you send a message?',
      'The submit event comes before the browser leaves the page; fetch() sends the text: developer.mozilla.org/docs/Web/API/HTMLFormElement/submit_event',
      { file: 'page.js', lines: "addEventListener('submit'" },
    ],
  },
  echo: {
    says: 'lists a message once, when it comes back in the stream',
    why: 'The stream is the one place that tells what was said, to whoever said it as well.',
    fix: "Append nothing when you send. Listen for 'message', and append what comes.",
    faults: {
      twice: {
        why: 'The page listed what it sent, and then once more what came back.',
        fix: 'Append nothing when you send. The message comes back in the stream, a moment later.',
      },
      deaf: {
        why: 'What others write comes as a message event. Your page does not list it.',
        fix: "Listen for 'message' as well as for 'tick': source.addEventListener('message', showEvent).",
      },
      markup: {
        why: 'Somebody else wrote this text. Taken as markup, it could run code in the page of everyone who reads it.',
        fix: 'Set item.textContent = event.data for messages too. Do not use innerHTML.',
      },
    },
    hints: [
      'Send a message in one tab while a second one is open. How often does each of them list it?',
      'An event without a name is a message event: developer.mozilla.org/docs/Web/API/EventSource/message_event',
      { file: 'page.js', lines: "addEventListener('submit'" },
    ],
  },
} satisfies Record<string, CheckManifest>
