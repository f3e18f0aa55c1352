import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'

export default defineLesson({
  slug: '09-replay',
  title: 'Nothing missed',
  goal: 'A client that comes back receives what it missed, each message once, and is told when that is not possible.',
  minutes: 40,
  entry: 'server.ts',
  edit: ['log.ts', 'broadcast.ts', 'server.ts', 'page.js'],
  begins: 'replay',
  checks: {
    starts,
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
    reset: {
      says: 'answers an id that it does not know with one reset event, and then sends what is new',
      why: 'What this client has missed, nobody can tell. It must learn that something is missing: then it can load everything anew.',
      fix: 'When the log does not have the id, send event: reset, with a data line, and add the stream to those that get what is new.',
      try: 'curl -kN --http2 -H "last-event-id: nobody-knows-me" {origin}/events',
      faults: {
        all: {
          why: 'An id that is not found is no reason to send everything: the client has had some of it.',
          fix: 'findIndex() and indexOf() say -1 when they find nothing, and slice(-1 + 1) is everything. Ask for -1 first.',
        },
        'no-data': {
          why: 'A block without a data line is no event: the browser reads its name, and forgets it.',
          fix: "Give it data, even if it is empty: encode({ event: 'reset', data: '' }).",
        },
        refused: {
          why: 'A browser that gets no event stream gives up, and never comes back.',
          fix: 'Answer with status 200 and the stream, whatever the id is. The reset says the rest.',
        },
        silent: {
          why: 'The client was told that something is missing. From then on it wants to have what is new.',
          fix: 'Add its stream to those that get what is published, as you do for any other.',
        },
        several: {
          why: 'One reset says it all. The page would load everything anew for each of them.',
          fix: 'Send the reset once, when the stream opens.',
        },
        late: {
          why: 'By then the client has shown messages, as if nothing were missing before them.',
          fix: 'Write the reset first, then what is new.',
        },
        gap: {
          why: 'A client that was reset drops once more. With the id that it has by then it missed something, and was not told.',
          fix: 'Send the id of the newest message with the reset, as with the welcome, or none.',
        },
      },
      hints: [
        'What does your server send to curl -H "last-event-id: nobody-knows-me"? What would a page make of it?',
        'findIndex() answers -1 when nothing is found: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Array/findIndex',
        { file: 'broadcast.ts', lines: "event: 'reset'" },
      ],
    },
    during: {
      says: 'leaves no gap and doubles nothing while messages are published during the replay',
      why: 'What is published after you read the log, and before the stream is among those that get what is new, reaches this client on neither way.',
      fix: 'Read the log, write, and add the stream in one go, without await or a callback in between. Or keep what is new in a queue until the replay is over.',
      faults: {
        start: {
          why: 'What is missing stands right behind the id: your replay begins later than there.',
          fix: 'Send everything behind the id, however much it is. And put a message into the log before it is sent to anyone.',
        },
        double: {
          why: 'The stream was among those that get what is new before the log was read: such a message is in both.',
          fix: 'Read the log, write, and add the stream in one go, without await or a callback in between.',
        },
        order: {
          why: 'What is new reached the client before what it had missed.',
          fix: 'Write what was missed first. Where that takes a while, keep what is new in a queue until it is over.',
        },
        reset: {
          why: 'The client came back with an id that your server had just sent, and was told that nobody knows it.',
          fix: 'Put a message into the log before it is sent to anyone.',
        },
        silent: {
          why: 'The client came back, and got nothing of what was published from then on.',
          fix: 'Add each stream to those that get what is new, also when nothing was missed.',
        },
      },
      hints: [
        'A message is published just when a client comes back. Between which two lines of yours must that not happen?',
        'A function that does not wait runs to its end before anything else does; at an await, others run: developer.mozilla.org/docs/Web/JavaScript/Reference/Execution_model#run-to-completion',
        { file: 'broadcast.ts', lines: 'missed(lastEventId)' },
      ],
    },
    'log-size': {
      says: 'keeps the last LOG_SIZE messages and no more, and resets a client that missed others',
      why: 'A log that keeps everything fills the memory. One that keeps the last messages can say of an older id only that something is missing.',
      fix: 'Read LOG_SIZE, or take 1000. When there are more messages than that, let the oldest go.',
      needsProcess: true,
      faults: {
        gap: {
          why: 'A part of what this client missed is gone. It got the rest, and was not told.',
          fix: 'Send from the log only if the id itself is in it, or nothing behind it has gone. Else send reset.',
        },
        newest: {
          why: 'The newest of what this client missed is gone, and older messages are still there. It was not told.',
          fix: 'Put each message into the log, also when that is full, and then let the oldest go: entries.shift() takes the first of a list away, entries.pop() the last.',
        },
        nothing: {
          why: 'This client got nothing of what it missed, and was not told.',
          fix: 'Send reset to every client whose id is not in the log, also when your server once gave out that id.',
        },
        'after-reset': {
          why: 'A reset says: load everything anew. What you send from before it, the page would show once more.',
          fix: 'Behind a reset, send only what is published from then on.',
        },
        short: {
          why: 'All that this client missed is among the last LOG_SIZE messages, and your log has let go of some.',
          fix: 'Let a message go only when there are more than LOG_SIZE. Keep the id before the oldest as well: all that is kept comes after it.',
        },
        default: {
          why: 'Without LOG_SIZE in the environment, a log keeps 1000 messages. All that this client missed is among the last 1000.',
          fix: 'Read the size with Number(process.env.LOG_SIZE ?? 1000), and let only the oldest message go when there are more.',
        },
        unbounded: {
          why: 'Without LOG_SIZE in the environment, a log keeps 1000 messages. One that keeps everything fills the memory.',
          fix: 'Read the size with Number(process.env.LOG_SIZE ?? 1000), and let the oldest message go when there are more.',
        },
      },
      hints: [
        'After a million messages, how many does your server remember? And who asks for those that it does not?',
        'array.shift() takes the first entry away: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Array/shift',
        { file: 'log.ts', lines: 'entries.shift()' },
      ],
    },
    restart: {
      says: 'gives out no id that an earlier run gave out, and knows none of those',
      why: 'A server starts anew, and its clients come back with the ids of the run before. In another run the same id means another place.',
      fix: 'Put something into each id that no other run has, such as randomUUID(), and compare whole ids.',
      needsProcess: true,
      faults: {
        same: {
          why: 'Both runs count from the same number. A client that comes back after a restart seems to have what it never had.',
          fix: 'Put something into each id that no other run has, such as randomUUID().',
        },
      },
      hints: [
        'Stop your server, start it again, send a message. Which id does it have, and which had the first one before?',
        'randomUUID() makes a text that nobody has made before: nodejs.org/api/crypto.html#cryptorandomuuidoptions',
        { file: 'log.ts', lines: 'randomUUID()' },
      ],
    },
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
  },
})
