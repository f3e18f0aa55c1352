import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'
import { cutsLetter, posts } from './tries.ts'

/** An error that would have ended the process, had the learner not caught all that nothing else catches. */
const uncaught = {
  why: 'Nothing caught this error where it was thrown. Without your handler for all errors, it would have ended every stream.',
  fix: 'Catch the error where it is thrown: look whether the stream is still there before you answer.',
}

export default defineLesson({
  slug: '08-broadcast',
  title: 'One event, every client',
  goal: 'What one client posts, every client receives: one clock and one message for all of them.',
  minutes: 30,
  entry: 'server.ts',
  edit: ['broadcast.ts', 'server.ts', 'page.js'],
  begins: 'one-clock',
  checks: {
    starts,
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
    takes: {
      says: 'answers POST /messages with 204',
      why: 'Whoever sends a message wants to know that it was taken. 204 says so, and that there is nothing to read.',
      fix: "When the whole body is there, answer with respond({ ':status': 204 }). It has no body.",
      try: "curl -ik --max-time 2 --data 'hello' {origin}/messages",
      faults: {
        silent: {
          why: 'Without an answer, the sender waits, and does not know whether the message was taken.',
          fix: "Answer when the whole body is there: await text(stream), then respond({ ':status': 204 }).",
        },
        refused: {
          why: 'Your server has refused the message, as it does with what it does not know.',
          fix: 'Answer /messages before the line that refuses all methods but GET and HEAD.',
        },
        query: {
          why: 'A query is no part of the path: it does not change who answers.',
          fix: "Compare path, which ends before the question mark, and not headers[':path'].",
        },
        open: {
          why: 'The head of a 204 has come, and the stream goes on. The sender still waits for its end.',
          fix: 'End the stream: respond() does so by itself for 204, unless the body of the request is not read.',
        },
      },
      hints: [
        'What does curl show when it posts to /messages?',
        'text() from node:stream/consumers reads a stream to its end, and resolves with all of it as UTF-8: nodejs.org/api/webstreams.html#streamconsumerstextstream',
        { file: 'server.ts', lines: 'await text(stream)' },
      ],
    },
    'other-methods': {
      says: 'answers other methods on /messages with 405 and allow: POST',
      why: 'The path is right and the method is not: 405 says so, and its allow header names the right one.',
      fix: "Look at the path first. Answer POST there, and anything else with ':status': 405 and allow: 'POST'.",
      try: 'curl -ik --max-time 2 {origin}/messages',
      faults: {
        open: {
          why: 'A request that is refused still wants an end, or its client waits for ever.',
          fix: 'Call end() after respond() for a 405 too. (For HEAD, respond() ends the stream by itself.)',
        },
        allow: {
          why: 'A 405 says that the method is wrong. Its allow header says which one is right.',
          fix: "Add allow: 'POST' to the head of the 405 answer.",
        },
      },
      hints: [
        'What does your server answer to GET /messages, which is what a browser sends when you type the address?',
        'Status 405, with an allow header that lists what is right: rfc-editor.org/rfc/rfc9110#section-15.5.6',
        { file: 'server.ts', lines: "allow: 'POST'" },
      ],
    },
    reaches: {
      says: 'sends a message to every client',
      why: 'Everyone who listens is to read the same. A client that is left out can not know it.',
      fix: 'Read the whole body, then broadcast({ id, data }), which writes to every stream in the set.',
      try: "curl -kN --http2 --max-time 3 {origin}/events & sleep 1; curl -k --data 'hello' {origin}/messages; wait",
      faults: {
        some: {
          why: 'A message is for everyone, and not for the one whose turn it is.',
          fix: 'Write each message to every stream in the set, in one loop.',
        },
        sender: {
          why: 'The client that posts has streams too. In its page, the message would never appear.',
          fix: 'Write to every stream in the set, whichever connection it belongs to.',
        },
        named: {
          why: 'A message has no name. With one, it goes only to those who listen for that name.',
          fix: 'Leave event out of what you broadcast: { id, data }.',
        },
        changed: {
          why: 'The data of the message is the text that was posted, and nothing else.',
          fix: 'Broadcast what text(stream) resolves with, as it is: { id, data: message }.',
        },
      },
      hints: [
        'Open the stream in two terminals, and post from a third one. What comes, and where?',
        'for (const client of clients) goes through a Set: developer.mozilla.org/docs/Web/JavaScript/Reference/Statements/for...of',
        { file: 'broadcast.ts', lines: 'for (const client of clients)' },
      ],
    },
    whole: {
      says: 'sends the text of a message as it was posted',
      why: 'What people write belongs to them: each letter, each line, and each space of it.',
      fix: 'Read the body with text(stream), and give what it resolves with to encode(), as it is.',
      try: posts("printf ' two\\nlines '"),
      faults: {
        cut: {
          why: 'A body comes in pieces, and a piece may end in the middle of a letter: 🎉 has four bytes. Half a letter is no text.',
          fix: 'Put the bytes together first, and make text of all of them: await text(stream), or Buffer.concat(chunks).toString().',
          try: cutsLetter,
        },
        lines: {
          why: 'A line end in the data ends its line in the stream. What stands behind it is lost, or is read as a field.',
          fix: 'Let encode() of lesson 7 write the event: it makes a data line of each line of the text.',
        },
        spaces: {
          why: 'Spaces and line ends are part of a text: of code, of a poem, of a table.',
          fix: 'Leave trim() out, and write one space behind the colon of data: the parser takes one away.',
        },
      },
      hints: [
        'In how many pieces may a body come, and where may they end?',
        "text() from node:stream/consumers puts letters together that are cut; 'data' events do not: nodejs.org/api/webstreams.html#streamconsumerstextstream",
        { file: 'server.ts', lines: 'await text(stream)' },
      ],
    },
    apart: {
      says: 'keeps messages apart that come at the same time',
      why: 'While one body is read, pieces of another one come. Who keeps both in one place, mixes them.',
      fix: 'Keep what was read of a body in a variable inside the function that reads it.',
      hints: [
        'Two POST requests are read at the same time. Where does your code keep what it has read so far of each?',
        'A variable inside of a function belongs to one call of it: developer.mozilla.org/docs/Web/JavaScript/Guide/Closures',
        { file: 'server.ts', lines: 'await text(stream)' },
      ],
    },
    once: {
      says: 'sends each message once, however many are posted at a time',
      why: 'The page lists what comes. What comes twice is listed twice, and what does not come is lost.',
      fix: 'Broadcast once for each POST, and keep each stream in the set once.',
      faults: {
        lost: {
          why: 'Several messages came at a time, and not all of them were sent on.',
          fix: 'Write each message to each stream at once, in one loop. Keep nothing of a POST in a variable that all of them share.',
        },
      },
      hints: [
        'What does your code add to a list or to an emitter, and when: for each stream, or for each POST?',
        'A Set has each value once, however often it is added: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Set/add',
        { file: 'broadcast.ts', lines: 'clients.add(stream)' },
      ],
    },
    'same-order': {
      says: 'sends the messages in one order to all',
      why: 'Two people who read the same messages in another order read two different conversations.',
      fix: 'Write a message to all streams in one loop that waits for nothing: no await, and no timer, between two writes.',
      hints: [
        'Where does your code wait between one client and the next, and what may happen in the meantime?',
        'What runs between two awaits is never interrupted: developer.mozilla.org/docs/Web/JavaScript/Reference/Execution_model#run-to-completion',
        { file: 'broadcast.ts', lines: 'for (const client of clients)' },
      ],
    },
    ids: {
      says: 'gives each message an id of its own, the same for every client',
      why: 'A client that comes back tells the id of the last message that it had. The server has to know which one that was.',
      fix: 'Count messages in one variable of the server, and count once for each message: not for each client, and not by the time.',
      try: 'curl -kN --http2 {origin}/events',
      faults: {
        none: {
          why: 'Without an id, a client that comes back can not say what it had.',
          fix: 'Give each message the next number: broadcast({ id: String(++count), data: message }).',
        },
        shared: {
          why: 'The same message has different ids. A client that comes back, to this stream or to another server, would name one that means something else.',
          fix: 'Make the id once, before the loop over the clients: encode the event, then write the same block to each.',
        },
      },
      hints: [
        'Post two messages while two clients listen. Which ids do they see?',
        'The id of an event is what the browser sends back as Last-Event-ID: html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header',
        { file: 'server.ts', lines: 'How many messages there were' },
      ],
    },
    'broken-off': {
      says: 'sends nothing of a message that breaks off',
      why: 'Half a message is none. The sender will try again, and everyone would read one and a half.',
      fix: "Send a message only when its body has come to its end. 'end' comes for a broken one as well: look at stream.aborted, or use text(stream), which rejects.",
      faults: {
        uncaught,
        dies: {
          why: 'When a body breaks off, reading it fails, and its stream is gone. Nothing caught what came of that, so the process ended, and every stream with it.',
          fix: 'Catch it where you read: text(stream).catch(() => undefined), or try … catch around the loop. And then return: nobody is there to be answered.',
        },
      },
      hints: [
        'A sender loses its network in the middle of a long message. What does your code see?',
        "'aborted' tells that a stream broke off, and stream.aborted remembers it: nodejs.org/api/http2.html#event-aborted",
        { file: 'server.ts', lines: 'stream.aborted' },
      ],
    },
    'gone-sender': {
      says: 'lives on when a sender leaves before its answer',
      why: 'respond() throws when its stream has closed. After an await, or in an event, nothing catches that, and the process ends.',
      fix: 'Before you answer, look whether the stream is still there: if (stream.aborted) return.',
      faults: { uncaught },
      hints: [
        'What may have happened to a stream while your code waited for its body?',
        'stream.aborted, stream.closed and stream.destroyed tell: nodejs.org/api/http2.html#http2streamaborted',
        { file: 'server.ts', lines: 'stream.aborted' },
      ],
    },
    dying: {
      says: 'loses nothing when clients die in the middle of it',
      why: 'Of a thousand clients one is always just leaving. The others must not notice.',
      fix: "Take a stream out of the set in its 'close' event, that one alone, and let nothing in the loop throw or wait.",
      hints: [
        'What happens to the rest of the loop when one client can not be written to?',
        'An entry can be deleted while a Set is gone through; an array moves what stands behind it: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Set/delete',
        { file: 'broadcast.ts', lines: 'clients.delete(stream)' },
      ],
    },
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
  },
})
