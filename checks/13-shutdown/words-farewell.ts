/** What is said of the farewell: to those who listen, and to those who come just then. */
import type { CheckManifest } from '../manifest.ts'

export const farewellWords = {
  ends: {
    says: 'ends each open stream with END_STREAM when SIGTERM comes',
    why: 'Without a listener, SIGTERM ends a process in the middle of a line. WebKit hears nothing of a connection that is only cut: its page waits for ever.',
    fix: "Listen: process.on('SIGTERM', …) in endGently(), and call endGently(server) in server.ts. Call end() on each stream that is open.",
    faults: {
      cut: {
        why: 'end() returns before anything has gone out. process.exit() and session.destroy() throw away what waits.',
        fix: 'Call end() on each stream that is open, and session.close() on each session. Exit when the last connection has closed: server.close(() => process.exit()).',
      },
      open: {
        why: 'Whoever stops your server waits for it. These streams keep it from its end, and then they are cut all the same.',
        fix: 'Call end() on every stream that subscribe() was given, also on those that are silent, and wait for none of them.',
      },
      reset: {
        why: 'RST_STREAM throws away what is still on its way to the client.',
        fix: 'Call stream.end(), which sends what was written, and END_STREAM behind it. stream.close(), stream.destroy() and session.destroy() do not wait.',
      },
      code: {
        why: 'Another code than 0 tells clients that something failed, and their open streams with it.',
        fix: 'Call session.close(), which sends GOAWAY with code 0. session.destroy(error) sends another one.',
      },
    },
    hints: [
      'Press Ctrl-C while curl listens. What does curl say, and what does it say when a download is complete?',
      "process.on('SIGTERM', listener) is called in place of the end: nodejs.org/api/process.html#signal-events",
      { file: 'broadcast.ts', lines: 'client.end' },
    ],
    needsProcess: true,
  },
  whole: {
    says: 'leaves no event half sent, and none unsent',
    why: 'A browser throws away a block that has no blank line behind it. The client misses the event, and gets an old id.',
    fix: 'Write each block whole, with encode(), and then call end().',
    faults: {
      lost: {
        why: 'Its sender was told that all is well. Those who listened did not get it.',
        fix: 'Send a message to everyone before you answer 204, and end streams with end(): what was written before goes out first.',
      },
      strange: {
        why: 'An event without a name is a message, and each page shows it as one that somebody wrote.',
        fix: 'Write nothing but retry. If you want to tell your own pages more, give the event a name.',
      },
    },
    hints: [
      'Which bytes does each client have to get before its stream may end?',
      'end() sends what was written before it: nodejs.org/api/stream.html#writableendchunk-encoding-callback',
      { file: 'broadcast.ts', lines: 'client.end' },
    ],
    needsProcess: true,
  },
  retry: {
    says: 'tells each client another time to come back: a retry of its own',
    why: 'All clients lose the server in the same moment. If they wait equally long, they all come back in the same moment as well.',
    fix: 'Before end(), write a retry with chance in it: encode({ retry: Math.round(1000 + 2000 * Math.random()) }).',
    faults: {
      invalid: {
        why: 'A reconnection time is made of digits, and its line has an end. A browser ignores any other.',
        fix: 'Round the number, and write it with encode(): encode({ retry: Math.round(…) }).',
      },
      long: {
        why: 'The next server is there in a second or two. Its clients would stay away for much longer.',
        fix: 'Give each client a time between one and three seconds: Math.round(1000 + 2000 * Math.random()).',
      },
    },
    hints: [
      'Ten thousand clients are connected when you restart the server. What does its first second look like?',
      'retry sets the reconnection time in milliseconds: html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation',
      { file: 'broadcast.ts', lines: 'Math.random' },
    ],
    needsProcess: true,
  },
  slow: {
    says: 'waits for clients that still read, until SHUTDOWN_MS has passed',
    why: 'What you have written may still wait in your process, since the client reads slowly. process.exit() and session.destroy() throw it away.',
    fix: 'End sessions with session.close(), and exit when the last connection has closed: server.close(() => process.exit()).',
    hints: [
      'end() returns at once. When have the bytes gone out?',
      'server.close(callback) calls back when all connections have ended: nodejs.org/api/net.html#serverclosecallback',
      { file: 'shutdown.ts', lines: 'server.close' },
    ],
    needsProcess: true,
  },
  goaway: {
    says: 'says GOAWAY on each connection',
    why: 'Until it hears GOAWAY, a browser sends its next requests on this connection. Nobody will answer them.',
    fix: "Keep each session of server.on('session', …) in a Set until it closes, and call session.close() on all of them. Node 26 does so by itself in server.close(), Node 20 and 22 do not.",
    faults: {
      code: {
        why: 'Another code than 0 tells clients that something failed, and their open streams with it.',
        fix: 'Call session.close(), which sends GOAWAY with code 0. session.destroy(error) sends another one.',
      },
    },
    hints: [
      'A browser has one connection for all its tabs. How does it learn that it has to open another one?',
      'session.close() lets streams end, and opens no new ones: nodejs.org/api/http2.html#http2sessionclosecallback',
      { file: 'shutdown.ts', lines: 'session.close' },
    ],
    needsProcess: true,
  },
  door: {
    says: 'takes no new connections after the signal',
    why: 'Who is let in now will be cut off in a moment. And as long as you listen on the port, the next server can not.',
    fix: 'Call server.close() first: from then on connections are refused, and clients try again.',
    faults: {
      status: {
        why: 'An EventSource that gets 503 or 204 gives up for good. One whose connection is refused tries again.',
        fix: 'Do not answer at all: call server.close(), and connections are refused.',
      },
    },
    hints: [
      'The server is about to end, and a new client comes. Which answer lets it try again?',
      'server.close() stops taking connections: nodejs.org/api/http2.html#serverclosecallback_1',
      { file: 'shutdown.ts', lines: 'server.close' },
    ],
    needsProcess: true,
  },
  late: {
    says: 'sees off whoever comes together with the signal',
    why: 'A request may be on its way when the signal comes, and so may a connection whose handshake takes a while. It gets a stream that nobody ends.',
    fix: "Close each session that begins after the signal: if (isEnding) return session.close() in server.on('session', …).",
    faults: {
      status: {
        why: 'An EventSource gives up for good at any answer that is no event stream.',
        fix: 'Refuse by GOAWAY: session.close() lets clients ask again elsewhere. Or let the stream begin, and end it.',
      },
    },
    hints: [
      'A handshake over a slow line takes a second. What if the signal comes in that second?',
      "The 'session' event comes when a handshake is done, also after server.close(): nodejs.org/api/http2.html#event-session",
      { file: 'shutdown.ts', lines: 'if (isEnding) return' },
    ],
    needsProcess: true,
  },
} satisfies Record<string, CheckManifest>
