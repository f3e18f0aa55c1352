/** What is said of clients that come, leave and come back while little happens. */
import type { CheckManifest } from '../manifest.ts'

export const returnWords = {
  replay: {
    says: 'sends a client that comes back what it missed, each message once and in order',
    why: 'The browser comes back with the header last-event-id: the id of the last event that it had. All that was published after it is missing there.',
    fix: 'Keep each message with its id. When a request has a last-event-id, write what came after it to its stream. Node has header names in small letters.',
    faults: {
      'no-ids': {
        why: 'A client can only tell where it was if each message has an id.',
        fix: 'Give each message an id, and send it with the message: encode({ id, data }).',
      },
      'same-ids': {
        why: 'Two messages with the same id are one place: nobody can tell which of them a client has had.',
        fix: 'Count the messages, and let the id have that number in it. A time is not enough: two messages may come in one millisecond.',
      },
      'own-again': {
        why: 'The client has that message already: its id is where the client was.',
        fix: 'Begin with the message behind the one that has the id, not with that one.',
      },
      all: {
        why: 'A client that comes back gets everything again, and shows it again.',
        fix: 'Look up the last-event-id in the log, and send only what stands behind it.',
      },
      reset: {
        why: 'Your server gave out this id itself, a moment ago, and does not know it any more.',
        fix: 'Put each message into the log with the id that it is sent with, and leave it there when you send it again. An id beyond ASCII arrives with each byte as a character: Buffer.from(id, "latin1").toString() mends it.',
      },
      newest: {
        why: 'The client has the newest message, so it has missed nothing. That is no reason to tell it of a gap.',
        fix: 'Tell two things apart: there is nothing to send, and nobody knows the id. In an if, an empty text is false too: compare with undefined.',
      },
      some: {
        why: 'The client got a part of what it had missed, and takes it for all.',
        fix: 'Send everything behind the message that has the id: entries.slice(seen + 1).',
      },
      double: {
        why: 'The client shows a message as often as it comes.',
        fix: 'Send each message behind the id once, and put nothing into the log while you do.',
      },
      new: {
        why: 'The client got what it had missed, and was back. What was published then did not reach it.',
        fix: 'Add the stream to those that get what is new in the same go in which you write what was missed, without await in between.',
      },
      named: {
        why: 'A message that comes late is still a message: the page listens for it under that name.',
        fix: 'Write the block that everyone else got: same id, same data, no event field.',
      },
      order: {
        why: 'The client shows messages in the order in which they come.',
        fix: 'Send what was missed from the oldest to the newest, and only then what comes now.',
      },
      others: {
        why: 'What one client missed is written to streams of clients that have it already.',
        fix: 'Write what was missed to the stream that came back, and to no other.',
      },
      refused: {
        why: 'A browser that gets no event stream gives up, and never comes back.',
        fix: 'Answer a request with last-event-id like any other: status 200, text/event-stream.',
      },
    },
    hints: [
      'A browser says with which message it stopped. Where in your server does anything still know the messages after that one?',
      "headers['last-event-id'] has the id; it is undefined where none was sent: html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header",
      { file: 'log.ts', lines: 'entries.slice' },
    ],
  },
  again: {
    says: 'keeps the ids in what it sends again, so that a client may drop once more',
    why: 'The client broke off in the middle of what it had missed. Its last id is that of the last message it got, if that message had one.',
    fix: 'Keep each block as it was sent, with its id, and write that same block again.',
    hints: [
      'A phone in a tunnel: the connection breaks again while you send what was missed. Which id does the client have then?',
      'Each event with an id sets the last event ID; one without leaves it as it was: html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation',
      { file: 'log.ts', lines: 'entries.push' },
    ],
  },
  'new-client': {
    says: 'sends a new client nothing of what was before',
    why: 'A request without last-event-id comes from someone who has just arrived. What was said before was not for them.',
    fix: 'Send from the log only when the header is there.',
    try: 'curl -kN --http2 {origin}/events',
    faults: {
      reset: {
        why: 'A client that has seen nothing yet has missed nothing: it needs no reset.',
        fix: 'Send reset only to those who come with an id that nobody knows. To a new client, give its first id.',
      },
    },
    hints: [
      'How does your server tell a client that comes back from one that is new?',
      "A field that was not sent is undefined in headers: headers['last-event-id'] === undefined: nodejs.org/api/http2.html#event-stream",
      { file: 'broadcast.ts', lines: 'lastEventId === undefined' },
    ],
  },
  'first-id': {
    says: 'gives a new client an id at once, so that it can come back before its first message',
    why: 'A client that has no id yet is new each time it comes. It drops, and what is published meanwhile is lost for it.',
    fix: "Send a new client the newest message's id first, in an event that no page listens for: event: welcome, id, data. Before the first message, make an id up that comes before it.",
    try: 'curl -kN --http2 {origin}/events',
    faults: {
      wrong: {
        why: 'The id that a new client gets stands for all that was published by then, and for nothing more.',
        fix: 'Give it the id of the newest message, at the moment at which you add its stream to those that get what is new.',
      },
      unknown: {
        why: 'Your server gave the client an id that it does not know when the client comes back with it.',
        fix: 'Keep that id in the log as well: before the first message, it is the place from which all of them are missed.',
      },
    },
    hints: [
      'Open the page, send nothing, cut the network, send a message elsewhere. Does the page get it when it comes back?',
      'A named event without a listener does nothing in the page, and still sets its last event ID: developer.mozilla.org/docs/Web/API/Server-sent_events/Using_server-sent_events#fields',
      { file: 'broadcast.ts', lines: "event: 'welcome'" },
    ],
  },
  ticks: {
    says: 'gives a tick no id, and sends none of them again',
    why: 'Nobody wants the time that it was. And an event without an id leaves the last id of the client as it is: at the last message.',
    fix: 'Keep messages alone in the log, and send ticks as they are: event and data.',
    try: 'curl -kN --http2 {origin}/events',
    faults: {
      id: {
        why: "The id of a tick takes the place of the last message's id in the client, and the log does not begin there.",
        fix: 'Leave id out when you broadcast a tick.',
      },
    },
    hints: [
      'Which of your events does a client want to have when it comes back, and which not?',
      'Only an event with an id moves the place from which a client goes on: html.spec.whatwg.org/multipage/server-sent-events.html#dispatchMessage',
      { file: 'broadcast.ts', lines: 'send(append(message))' },
    ],
  },
} satisfies Record<string, CheckManifest>
