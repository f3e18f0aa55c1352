import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'

export default defineLesson({
  slug: '04-message-format',
  title: 'Message format',
  goal: 'The stream tells the time: one message after another, in the format that a browser reads.',
  minutes: 20,
  entry: 'server.ts',
  edit: ['server.ts'],
  begins: 'messages',
  checks: {
    starts,
    messages: {
      says: 'sends messages that arrive',
      why: 'A parser drops what it does not understand, and says nothing. The page would stay empty.',
      fix: "Write the word data, a colon, the text, and two line ends: stream.write('data: hello\\n\\n')",
      try: 'curl -kN --http2 {origin}/events',
      faults: {
        silent: {
          why: 'The stream is open, but no byte comes out of it.',
          fix: 'After respond(), call setInterval() with a function that calls stream.write(), and with the milliseconds to wait.',
        },
        late: {
          why: 'The clock ticks every TICK_MS milliseconds. A client that waits much longer sees a page that stands still.',
          fix: 'Pass the number of milliseconds to setInterval() as its second argument: the value of TICK_MS, or 1000.',
        },
        drips: {
          why: 'A message comes a few bytes at a time. The browser hands it on when its blank line is there, and not before.',
          fix: 'Put the text together first, and send the whole message with one stream.write().',
        },
        empty: {
          why: 'A block of lines becomes a message only if it has a data field. Other fields alone do nothing that a page can see.',
          fix: 'Put the text into a field named data: data: hello\\n\\n',
        },
        slashes: {
          why: 'A slash and the letter n are two characters like any other. A line end is written with a backslash.',
          fix: 'Turn both slashes round: \\n\\n',
        },
        ended: {
          why: 'The stream ended before a message was complete. The browser connects again, and gets as little.',
          fix: 'Call stream.write() for a message, never stream.end().',
        },
      },
      hints: [
        'Look at the stream with curl. Does anything come at all? If it does: what stands before the text, and what after it?',
        'A message is one or more "data: " lines, then a blank line: html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream',
        { file: 'server.ts', lines: 'data: ${' },
      ],
    },
    lines: {
      says: 'sends no line that the parser drops',
      why: 'The parser drops this line, and says nothing about it.',
      fix: 'Begin each line with data, event, id or retry, then a colon. A line that begins with a colon is a comment.',
      try: 'curl -kN --http2 {origin}/events | cat -vet',
      hints: [
        'Some messages arrive, but not all that you wrote. Which line of the stream is not like the others?',
        'Each line is a field, a comment or blank; everything else is lost: html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation',
        { file: 'server.ts', lines: 'data: ${' },
      ],
    },
    unnamed: {
      says: 'sends messages without a name',
      why: 'An event with a name goes only to those who listen for that name. The page of the next lesson listens for messages.',
      fix: 'Leave the event field out. Without a name, the event is a message.',
      try: 'curl -kN --http2 {origin}/events',
      hints: [
        'Which line of your message gives it a name? Does a message need one?',
        'Without an event field the type of the event is message: html.spec.whatwg.org/multipage/server-sent-events.html#dispatchMessage',
        { file: 'server.ts', lines: 'data: ${' },
      ],
      until: '07-event-fields',
    },
    time: {
      says: 'sends the time as toISOString() writes it',
      why: 'The data of each message is the time and nothing else, so that any program can read it.',
      fix: 'Make the data with new Date().toISOString().',
      try: 'curl -kN --http2 {origin}/events',
      faults: {
        several: {
          why: 'Data lines with no blank line between them make one message, with all of them in it.',
          fix: 'Write one data line for each message, then the blank line.',
        },
        space: {
          why: 'One space behind the colon belongs to the format. Each other one is a part of the text.',
          fix: 'Write one space behind the colon, and nothing between the time and the line ends.',
        },
        quotes: {
          why: 'In single and double quotes, a dollar and braces are text like any other. Backticks put in what stands between them.',
          fix: 'Put backticks around the whole text, in place of the quotes.',
        },
      },
      hints: [
        'What does the message hold, apart from the time? Quotes, a label, a space too many?',
        'Date.prototype.toISOString() gives 24 characters such as 2026-01-31T12:00:00.000Z: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Date/toISOString',
        { file: 'server.ts', lines: 'toISOString' },
      ],
    },
    changes: {
      says: 'sends a new time in each message',
      why: 'The same time comes again and again: it was made once, and not for each message.',
      fix: 'Call new Date().toISOString() inside the function that you pass to setInterval().',
      try: 'curl -kN --http2 {origin}/events',
      hints: [
        'When does your program call new Date(): once, or each time it writes a message?',
        'setInterval() calls its function again and again; what stands outside of it runs once: nodejs.org/api/timers.html#setintervalcallback-delay-args',
        { file: 'server.ts', lines: 'toISOString' },
      ],
    },
    present: {
      says: 'sends the time that it is now',
      why: 'The time in the message is not the present time. The Z at its end says that it is UTC.',
      fix: 'Use new Date().toISOString() as it is. Do not shift it to your time zone: the page can do that.',
      try: 'date -u; curl -kN --http2 {origin}/events',
      hints: [
        'How far is the time in the message from the time of your machine? Is it a number of whole hours?',
        'new Date() with no argument is the present moment: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Date/Date',
        { file: 'server.ts', lines: 'toISOString' },
      ],
      needsProcess: true,
    },
    rhythm: {
      says: 'sends one message every TICK_MS milliseconds, or every second',
      why: 'An event stream goes on. After its first messages a client waits for the next one.',
      fix: 'Use setInterval(), which calls its function again and again. setTimeout() calls it once.',
      try: 'curl -kN --http2 {origin}/events',
      faults: {
        ended: {
          why: 'A browser takes the end of a stream for a broken connection, and connects again, and again.',
          fix: 'Call stream.write() for each message, never stream.end().',
        },
        flood: {
          why: 'Too many messages fill the connection, and the page is busy with nothing else.',
          fix: 'Pass the milliseconds to setInterval() as its second argument, and write one message each time.',
        },
      },
      hints: [
        'Count the messages that curl shows in ten seconds. How many should there be?',
        'setTimeout() runs its function once, setInterval() again and again: nodejs.org/api/timers.html#setintervalcallback-delay-args',
        { file: 'server.ts', lines: 'setInterval' },
      ],
    },
    lasts: {
      says: 'goes on for as long as the client listens',
      why: 'Your program ends a stream, or falls silent on it, although its client is still there.',
      fix: 'Look for a timer, or a count, that calls end(), close(), destroy() or clearInterval(). Only the client ends its stream.',
      try: 'curl -kN --http2 {origin}/events',
      hints: [
        'How long does curl go on? Does your program set a timer, or count its messages?',
        'setInterval() goes on until clearInterval() is called, and a stream until end(), close() or destroy(): nodejs.org/api/timers.html#setintervalcallback-delay-args',
        { file: 'server.ts', lines: 'setInterval' },
      ],
    },
    clients: {
      says: 'sends messages to every client',
      why: 'Each client has a stream of its own, and waits for messages on it.',
      fix: 'Write to the stream that your stream handler was called with, not to one in a variable that all of them share.',
      try: 'curl -kNZ --http2 {origin}/events {origin}/events',
      faults: {
        ended: {
          why: 'A new client is no reason to end the stream of another. That one would come back, and end the new one.',
          fix: 'Look for end(), close() or destroy() on a stream that was opened before.',
        },
        flood: {
          why: 'Every new client made more messages for all of them, so each one gets the time more than once.',
          fix: 'Start one clock for each stream, and write to that stream alone.',
        },
      },
      hints: [
        'curl -Z opens both addresses at the same time. Does each time come twice, once for each stream?',
        "The 'stream' event comes once for each request, each time with another stream: nodejs.org/api/http2.html#event-stream",
        { file: 'server.ts', lines: 'stream.write' },
      ],
    },
  },
})
