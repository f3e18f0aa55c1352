/** What is said of a page that is lost: it answers nothing any more. */
import type { Report } from '../failure.ts'

const expected = 'a page that loads, and then waits for messages'

export const BUSY: Report = {
  expected,
  received: 'a page that computes without end',
  why: 'While a script runs, its page shows nothing, hears nothing, and answers no click.',
  fix: 'Look for a loop that has no end in page.js. A page does not wait in a loop: it adds a listener, and returns.',
}

export const RELOADING: Report = {
  expected,
  received: 'a page that loads again and again',
  why: 'Each time it loads, the page forgets its messages, and its EventSource begins anew.',
  fix: 'Look for location.reload(), for an assignment to location, or for a meta refresh. An EventSource comes back by itself.',
}

export const WAITING: Report = {
  expected,
  received: 'a page that waits for a file which does not come',
  why: 'A page has loaded when all that it names is there: its scripts, styles, pictures and imports.',
  fix: 'Answer each of them, and end the answer: in Node, with stream.end(). What is not there gets a 404.',
}

export const CRASHED: Report = {
  expected,
  received: 'a page that crashed',
  why: 'The browser ends a page that needs more memory than there is.',
  fix: 'Look for something in page.js that grows without end.',
}
