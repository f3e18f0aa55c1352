/** What is said of messages on their way to everyone. */
import type { CheckManifest } from '../manifest.ts'
import { cutsLetter, posts } from './tries.ts'

export const messageWords = {
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
} satisfies Record<string, CheckManifest>
