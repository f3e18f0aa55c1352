import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'

export default defineLesson({
  slug: '13-shutdown',
  title: 'Shutdown',
  goal: 'A server that is stopped sees everyone off, and its clients come back to the next one by themselves.',
  minutes: 25,
  entry: 'server.ts',
  edit: ['broadcast.ts', 'shutdown.ts', 'server.ts'],
  begins: 'ends',
  checks: {
    starts,
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
    exits: {
      says: 'exits with code 0 when all clients have gone',
      why: 'A program that was told to end, and ended as it should, says so with exit code 0. Whoever runs it takes anything else for a crash.',
      fix: 'Call process.exit() without a number when server.close() calls back.',
      faults: {
        code: {
          why: 'You were told to end, and you did: that is 0, also when time was over and some clients were still there. Whoever runs you takes another code for a crash, and may start you again.',
          fix: 'Call process.exit() without a number, or with 0.',
        },
        runs: {
          why: 'There is no one left, and the process goes on: a timer keeps it alive, or a connection that was never closed.',
          fix: 'Call process.exit() when server.close() calls back, and close each session.',
        },
      },
      hints: [
        'echo $? shows the exit code of the last command. What does it show after Ctrl-C?',
        'process.exit() ends with process.exitCode, which is 0 when nobody sets it: nodejs.org/api/process.html#processexitcode',
        { file: 'shutdown.ts', lines: 'server.close' },
      ],
      needsProcess: true,
    },
    back: {
      says: 'lets its clients come back to the next server on the same port',
      why: 'An EventSource gives up for good at any answer that is no event stream. Its page is dead until somebody loads it again.',
      fix: 'Answer everyone who comes with 200 and an event stream, whatever was before.',
      hints: [
        'What does the next server know of the one before?',
        'Any status but 200 ends an EventSource: html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model',
        { file: 'shutdown.ts', lines: 'process.exit()' },
      ],
      needsProcess: true,
    },
    interrupt: {
      says: 'does the same at SIGINT, which is Ctrl-C',
      why: 'A service manager sends SIGTERM, a terminal sends SIGINT. Your clients do not care who stopped you.',
      fix: "Listen to both: for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, …).",
      faults: {
        open: {
          why: 'Ctrl-C should end a server. These streams keep it from its end.',
          fix: "Do the same at both signals: for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, …).",
        },
        reset: {
          why: 'RST_STREAM throws away what is still on its way to the client.',
          fix: 'Do the same at both signals: stream.end() sends what was written, and END_STREAM behind it.',
        },
      },
      hints: [
        'How do you stop your server yourself? Is that the same as kill?',
        'SIGINT comes from Ctrl-C: nodejs.org/api/process.html#signal-events',
        { file: 'shutdown.ts', lines: 'SIGINT' },
      ],
      needsProcess: true,
    },
    'in-time': {
      says: 'exits with code 0 within SHUTDOWN_MS, whatever clients do',
      why: 'A client that never reads never lets go. After a while a service manager ends the process by force, and with it all that it still does.',
      fix: 'Start a timer: setTimeout(process.exit, patience, 0), where patience is Number(process.env.SHUTDOWN_MS ?? 5000).',
      faults: {
        code: {
          why: 'You were told to end, and you did: that is 0, also when time was over and some clients were still there. Whoever runs you takes another code for a crash, and may start you again.',
          fix: 'End with 0 when time is over, too: setTimeout(process.exit, patience, 0).',
        },
        runs: {
          why: 'One client does not read, and another one has said nothing yet. The server waits for both, perhaps for ever.',
          fix: 'Start a timer: setTimeout(process.exit, patience, 0), where patience is Number(process.env.SHUTDOWN_MS ?? 5000).',
        },
      },
      hints: [
        'A laptop was closed while its page listened. When does that connection close?',
        'setTimeout(callback, delay, …args) calls callback(…args) after delay milliseconds: nodejs.org/api/timers.html#settimeoutcallback-delay-args',
        { file: 'shutdown.ts', lines: 'setTimeout' },
      ],
      needsProcess: true,
    },
    second: {
      says: 'exits at once at the second signal',
      why: 'Whoever presses Ctrl-C twice does not want to wait. A listener takes the place of what a signal does by itself, each time.',
      fix: 'Remember the first signal, and at the next one: if (isEnding) process.exit().',
      hints: [
        'You press Ctrl-C, and nothing seems to happen. What do you do?',
        'process.exit() ends the process at once, whatever is still under way: nodejs.org/api/process.html#processexitcode',
        { file: 'shutdown.ts', lines: 'if (isEnding) process.exit' },
      ],
      needsProcess: true,
    },
    default: {
      says: 'waits for 5 seconds when SHUTDOWN_MS is not set',
      why: 'Most service managers wait for ten seconds or more. Half of that leaves clients enough time, and you a reserve.',
      fix: 'Number(process.env.SHUTDOWN_MS ?? 5000), in milliseconds.',
      faults: {
        soon: {
          why: 'A variable that is not set is undefined, and Number(undefined) is no number: a timer that gets it is over at once.',
          fix: 'Number(process.env.SHUTDOWN_MS ?? 5000): in milliseconds, and with a value for when it is not set.',
        },
      },
      hints: [
        'Start your server without SHUTDOWN_MS, and stop it while a client stands still. How long does it take?',
        '?? takes its right side when the left one is undefined: developer.mozilla.org/docs/Web/JavaScript/Reference/Operators/Nullish_coalescing',
        { file: 'shutdown.ts', lines: 'const patience' },
      ],
      needsProcess: true,
    },
    page: {
      says: 'gets an open page back after a restart, without a reload',
      why: 'The page is how people see a restart: a second of "connecting", and all goes on.',
      fix: 'End each stream with end(), refuse new connections with server.close(), and leave the coming back to the EventSource.',
      hints: [
        'Open the page, stop the server, and start it again. What does the page show all the while?',
        'An EventSource connects again when its stream ends: html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection',
        { file: 'shutdown.ts', lines: 'server.close' },
      ],
      needsProcess: true,
    },
  },
})
