import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'
import { asksWithoutPath, breaksConnection, resetsAtOnce, resetsStream } from './tries.ts'

export default defineLesson({
  slug: '02-http2-server',
  title: 'An HTTP/2 server',
  goal: 'Your server answers over HTTP/2, and stays up when a client leaves in the middle of an answer.',
  minutes: 20,
  entry: 'server.ts',
  edit: ['server.ts'],
  begins: 'home',
  checks: {
    starts,
    home: {
      says: 'answers GET / with 200',
      why: 'A browser that opens your server asks for / first. Status 200 says: here it is.',
      fix: "Compare headers[':path'] with /, and call stream.respond({ ':status': 200 }), for every request and not for the first alone.",
      try: 'curl -ik --http2 --max-time 2 {origin}/',
      faults: {
        silent: {
          why: 'A client waits for the head of an answer. Until it comes, the browser shows an empty page.',
          fix: "Call stream.respond() in the listener of 'stream', for every request.",
        },
      },
      hints: [
        'What does curl show for /? Which line of your code answers a request?',
        "A 'stream' event is a request; stream.respond() sends the head of the answer: nodejs.org/api/http2.html#http2streamrespondheaders-options",
        { file: 'server.ts', lines: "path === '/'" },
      ],
    },
    text: {
      says: 'declares plain text',
      why: 'content-type tells the browser what the bytes are. Without it the browser has to guess.',
      fix: "Set 'content-type': 'text/plain; charset=utf-8' in the head of /.",
      try: 'curl -ik --http2 --max-time 2 {origin}/',
      until: '05-client-page',
      hints: [
        'How does a browser know that your greeting is text, and not a picture or a page?',
        "The 'content-type' header goes into the head, beside ':status': nodejs.org/api/http2.html#headers-object",
        { file: 'server.ts', lines: 'text/plain' },
      ],
    },
    greeting: {
      says: 'sends a body for /, and ends it',
      why: 'A client reads the body up to its end. Without the end it waits, and the page goes on loading.',
      fix: "Call stream.end('Hello over HTTP/2!\\n') after stream.respond().",
      try: 'curl -ik --http2 --max-time 2 {origin}/',
      faults: {
        empty: {
          why: 'The answer has a head and no body, so there is nothing to read.',
          fix: "Give the greeting to end(): stream.end('Hello over HTTP/2!\\n').",
        },
        cut: {
          why: 'A reset says that the answer was broken off. Only an end says that it is complete.',
          fix: 'Call stream.end(body) and nothing after it: it sends the body, then closes the stream.',
        },
      },
      hints: [
        'Does curl come back to the prompt by itself, and does it show your greeting?',
        'stream.end(text) sends a last piece and ends the body: nodejs.org/api/stream.html#writableendchunk-encoding-callback',
        { file: 'server.ts', lines: 'stream.end(body)' },
      ],
    },
    'not-found': {
      says: 'answers any other path with 404',
      why: 'With status 200 a mistyped address looks like a page that is there.',
      fix: "Compare the whole path: path === '/'. Answer everything else with ':status': 404 (with that colon, or it is 200), and end it.",
      try: 'curl -ik --http2 --max-time 2 {origin}/nothing-here',
      faults: {
        open: {
          why: 'A 404 is an answer like any other. Without its end, the client waits for ever.',
          fix: 'Call stream.end() for a 404 too.',
        },
      },
      hints: [
        'Which paths does your condition let through? Try one that begins with / and goes on.',
        "headers[':path'] is what the client asked for: nodejs.org/api/http2.html#headers-object",
        { file: 'server.ts', lines: '404' },
      ],
    },
    query: {
      says: 'takes the path without its query string',
      why: 'What stands behind the ? is not part of the path. Clients and links add it freely.',
      fix: "Compare headers[':path']?.split('?')[0], the part before the first ?.",
      try: "curl -ik --http2 --max-time 2 '{origin}/?x=1'",
      hints: [
        "Print headers[':path'] for /?x=1. Is it what you compare with?",
        "headers[':path'] has path and query in one, and may be undefined; ?. goes on only when it is not, and split('?')[0] is the part before the first ?: nodejs.org/api/http2.html#headers-object",
        { file: 'server.ts', lines: "split('?')" },
      ],
    },
    head: {
      says: 'answers HEAD / and stays up',
      why: 'HEAD asks for the head alone. A body behind it is an error, which ends the whole process when no one listens for it.',
      fix: 'After stream.respond(), write only when the stream is still open: if (!stream.writableEnded) stream.end(body).',
      try: 'curl -Ik --http2 --max-time 2 {origin}/',
      faults: {
        uncaught: {
          why: 'An error that only a catch-all of the process sees leaves the program in an unknown state.',
          fix: 'Do not send a body in answer to HEAD, so that the error does not come up.',
        },
        silent: {
          why: 'HEAD asks for the head that GET would get, and a client waits for it, and for its end.',
          fix: 'Answer HEAD as you answer GET: stream.respond() knows that no body comes, and ends the stream.',
        },
      },
      hints: [
        'What happens to your server when you type the command under "try"?',
        'For HEAD, respond() ends the stream by itself; writableEnded tells: nodejs.org/api/http2.html#http2streamrespondheaders-options',
        { file: 'server.ts', lines: 'writableEnded' },
      ],
    },
    'odd-paths': {
      says: 'stays up whatever path is asked for',
      why: 'Anyone can send any path. One that your code can not take apart must not end the server for all.',
      fix: "Take the path apart with split('?')[0], which never throws. new URL() and decodeURIComponent() do.",
      try: "curl -ik --http2 --max-time 2 --path-as-is '{origin}//'",
      faults: {
        uncaught: {
          why: 'An error that only a catch-all of the process sees leaves the program in an unknown state.',
          fix: 'Catch it where it happens: read the path in a way that can not throw.',
        },
        none: {
          why: "A CONNECT request has no path, so headers[':path'] is undefined. Reading from undefined throws.",
          fix: "Write ?. after it: headers[':path']?.split('?')[0] is undefined then, and throws nothing.",
          try: asksWithoutPath,
        },
      },
      hints: [
        'Which calls of yours can throw when the path is not what you expect, or not there?',
        "headers[':path'] is a string or undefined, and may hold anything a client sends: nodejs.org/api/http2.html#headers-object",
        { file: 'server.ts', lines: "headers[':path']?" },
      ],
    },
    resets: {
      says: 'stays up when a client resets its stream',
      why: "After most codes of a reset the stream emits 'error'. When no one listens for it, Node ends the process.",
      fix: "Call stream.on('error', …), with that name to the letter, first of all in the listener of 'stream'.",
      try: resetsStream('GET', '/', 2),
      faults: {
        uncaught: {
          why: 'An error that only a catch-all of the process sees leaves the program in an unknown state.',
          fix: "Catch it where it happens: call stream.on('error', …) first of all in the listener of 'stream'.",
          try: '', // the server lives on: only what it prints tells
        },
        late: {
          why: 'A client may be gone before you answer. stream.respond() throws when the stream was destroyed.',
          fix: 'After an await or a timer, look first: if (stream.destroyed) return',
          try: resetsAtOnce,
        },
        session: {
          why: 'One connection carries many streams. The end of one of them must leave the others alone.',
          fix: 'When a stream fails, leave its session open.',
        },
      },
      hints: [
        'A client may leave in the middle of an answer. Which event does its stream emit then?',
        "Http2Stream emits 'error': nodejs.org/api/http2.html#event-error_1",
        { file: 'server.ts', lines: "stream.on('error'" },
      ],
    },
    drops: {
      says: 'stays up when a connection breaks in the middle of an answer',
      why: 'Browsers crash and programs are killed. One client that is gone must not end the server for the others.',
      fix: "Listen for 'error' on every stream. No error of a stream, session or socket may be thrown on, or exit.",
      try: breaksConnection,
      faults: {
        uncaught: {
          why: 'An error that only a catch-all of the process sees leaves the program in an unknown state.',
          fix: 'Catch it where it happens: on the stream, the session or the socket that emits it.',
          try: '',
        },
      },
      hints: [
        'What does your code do with a stream whose client is gone? Does it throw?',
        "When its connection breaks, a stream emits 'close', and before it sometimes 'error': nodejs.org/api/http2.html#event-close_1",
        { file: 'server.ts', lines: "stream.on('error'" },
      ],
    },
    'port-in-use': {
      says: 'says in one line that its port is in use, and exits with code 1',
      why: 'It happens to everyone who starts a server twice. A page of stack trace hides the one fact that helps.',
      fix: "Listen with server.on('error', …): when error.code is EADDRINUSE, print one line with the port and call process.exit(1).",
      needsProcess: true,
      faults: {
        'exit-code': {
          why: 'Other programs read the exit code. 0 says that all went well, and here the server never ran.',
          fix: 'Call process.exit(1) after you have printed the line.',
        },
        running: {
          why: 'A server that can not have its port is of no use. While it waits or moves, no one finds it.',
          fix: 'Print one line and call process.exit(1). Do not try again, and do not take another port.',
        },
        unclear: {
          why: 'Whoever reads it wants to know which port is in use.',
          fix: 'Put the port into the line: console.error("Port", port, "is in use.")',
        },
      },
      hints: [
        'Start your server in two terminals. What does the second one print?',
        "A server that can not listen emits 'error', with the code EADDRINUSE: nodejs.org/api/net.html#event-error",
        { file: 'server.ts', lines: 'EADDRINUSE' },
      ],
    },
  },
})
