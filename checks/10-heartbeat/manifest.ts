import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'

export default defineLesson({
  slug: '10-heartbeat',
  title: 'Heartbeat',
  goal: 'A quiet stream stays open, and a connection with no one at its other end is found and ended.',
  minutes: 25,
  entry: 'server.ts',
  edit: ['broadcast.ts', 'heartbeat.ts', 'server.ts'],
  begins: 'comments',
  checks: {
    starts,
    comments: {
      says: 'sends a comment when a stream has been silent for HEARTBEAT_MS',
      why: 'A proxy between you and the browser ends a connection on which nothing comes, many of them after 60 seconds.',
      fix: "In subscribe(), start a timer that writes encode({ comment: 'still here' }) every heartbeat milliseconds, a number that heartbeat.ts exports.",
      faults: {
        event: {
          why: 'An event reaches the page. Whoever listens there gets a message that no one sent.',
          fix: "Write a comment, which no page sees: encode({ comment: 'still here' }).",
        },
        unended: {
          why: 'A comment is a line, and a line has an end. Without it, what you write next belongs to the comment.',
          fix: 'Write the comment with encode(), or end it yourself: \\n after it.',
        },
        other: {
          why: 'It keeps the connection busy. But only a line that begins with a colon is sure to say nothing to the page.',
          fix: "Write a comment: encode({ comment: 'still here' }), which is a line that begins with a colon.",
        },
        late: {
          why: 'HEARTBEAT_MS is how long a stream may be silent. A proxy that waits no longer has ended it by then.',
          fix: 'Give the milliseconds to the timer as they are, and look at the silence of each stream by itself.',
        },
        ended: {
          why: 'The silence ended the stream. The browser has to connect again, and again.',
          fix: 'Write a comment when a stream is silent. Do not end it.',
        },
      },
      hints: [
        'Nobody sends a message for a while. What does curl show in that time?',
        'setInterval() returns a timer; a comment is a line that begins with a colon: html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes',
        { file: 'broadcast.ts', lines: 'const silence' },
      ],
      needsProcess: true,
    },
    'goes-on': {
      says: 'sends one comment after another for as long as the silence lasts',
      why: 'After one comment a proxy counts from the beginning. The next one has to come in time as well.',
      fix: 'Use setInterval(), which calls its function again and again. setTimeout() calls it once.',
      faults: {
        afterEvents: {
          why: 'Events came, and the stream fell silent again. This time no comments came.',
          fix: 'An event begins the silence anew, and does not end the heartbeat: call refresh() on the timer.',
        },
      },
      hints: [
        'Count the comments that curl shows in a minute. And after you have sent a message?',
        'setInterval() goes on until clearInterval(); timer.refresh() lets it count anew: nodejs.org/api/timers.html#timeoutrefresh',
        { file: 'broadcast.ts', lines: 'const silence' },
      ],
      needsProcess: true,
    },
    silence: {
      says: 'sends a comment only after a silence: an event begins it anew',
      why: 'While events come, every proxy sees that the connection lives. Comments beside them cost each client bytes for nothing.',
      fix: 'Whenever you write an event to a stream, start its timer anew: silence.refresh().',
      try: 'curl -kN --http2 {origin}/events',
      faults: {
        flood: {
          why: 'One comment is enough to end a silence. More of them only cost bytes.',
          fix: 'One timer for each stream, set to HEARTBEAT_MS milliseconds. Start it anew, rather than a second one beside it.',
        },
      },
      hints: [
        'With TICK_MS=1000 there is an event each second. How many comments should there be?',
        'timer.refresh() lets a timer count from the beginning: nodejs.org/api/timers.html#timeoutrefresh',
        { file: 'broadcast.ts', lines: 'silence.refresh' },
      ],
      needsProcess: true,
    },
    whole: {
      says: 'keeps its comments out of the events',
      why: 'What is written in the middle of an event becomes part of it, or takes a line away from it.',
      fix: 'Write each event with one write(), and each comment as well.',
      faults: {
        torn: {
          why: 'Something was written into this event, or took its place.',
          fix: 'Write each event with one write(), and end each comment with a line end.',
        },
      },
      hints: [
        'How many calls of write() make one event? What else may run between them?',
        'write() takes a whole text, however long; a function that does not wait is never interrupted: nodejs.org/api/stream.html#writablewritechunk-encoding-callback',
        { file: 'broadcast.ts', lines: 'silence.refresh' },
      ],
      needsProcess: true,
    },
    pings: {
      says: 'sends a PING every HEARTBEAT_MS on a connection that has streams',
      why: 'Writing tells you nothing: a client that has gone without a word takes bytes for a quarter of an hour. Only an answer tells.',
      fix: "Call session.ping() every HEARTBEAT_MS in watch(), and watch() for each session: server.on('session', watch).",
      hints: [
        'Pull the cable of a client. How does your server get to know?',
        'session.ping(callback) asks, and calls back when the answer comes: nodejs.org/api/http2.html#http2sessionpingpayload-callback',
        { file: 'heartbeat.ts', lines: 'session.ping' },
      ],
      needsProcess: true,
    },
    'one-ping': {
      says: 'sends one PING for each connection, not one for each stream',
      why: 'All streams of a session share its PINGs. More than 10 without an answer are an error, and that error ends streams.',
      fix: "Call watch() once for each session: in server.on('session', …), not where a stream is opened.",
      hints: [
        'A browser has twelve tabs of yours open. How many connections are that, and how many streams?',
        "The 'session' event comes once for each connection; maxOutstandingPings is 10: nodejs.org/api/http2.html#event-session",
        { file: 'server.ts', lines: "server.on('session'" },
      ],
      needsProcess: true,
    },
    dead: {
      says: 'destroys a connection that has not answered by the next PING',
      why: 'Nobody is there. Until you end it, each event is written for no one, and kept for them in memory.',
      fix: 'Remember whether the answer came: let answered = true. When the next PING is due and it has not, session.destroy().',
      faults: {
        busy: {
          why: 'Events went out on this connection, and that is no sign of life: writing tells you nothing.',
          fix: 'Send a PING every HEARTBEAT_MS, whether the streams are silent or not. Only its answer counts.',
        },
        late: {
          why: 'It was found in the end. Until then each event was written for no one, and kept in memory.',
          fix: 'Destroy the session when the next PING is due and the last one has no answer.',
        },
        goaway: {
          why: 'session.close() and session.goaway() say that no new streams come, and wait for those that are open. These never end.',
          fix: 'Call session.destroy(), which waits for nothing.',
        },
        streams: {
          why: 'The streams ended, and their connection is still there, with whatever else belongs to it.',
          fix: 'Destroy the session. All its streams end with it.',
        },
        stuck: {
          why: 'This client takes no more bytes. What you wrote last waits to go out, and whoever waits for that waits for ever.',
          fix: 'Call session.destroy(): it ends the streams at once, whatever has not gone out yet.',
        },
      },
      hints: [
        'Who looks whether the answer to the last PING has come, and when?',
        'session.destroy() ends a session and its streams at once: nodejs.org/api/http2.html#http2sessiondestroyerror-code',
        { file: 'heartbeat.ts', lines: 'session.destroy' },
      ],
      needsProcess: true,
    },
    others: {
      says: 'leaves every connection alone that answers',
      why: 'It answered each PING: somebody is there, and waits for events.',
      fix: 'Keep in each watch() what belongs to its session: let answered inside of the function, not outside.',
      hints: [
        'What do two sessions share in your code?',
        'A let inside of a function belongs to that one call: developer.mozilla.org/docs/Web/JavaScript/Guide/Closures',
        { file: 'heartbeat.ts', lines: 'let answered' },
      ],
      needsProcess: true,
    },
    slow: {
      says: 'leaves a client alone that reads slowly and answers',
      why: 'A phone in a tunnel reads late. It answers your PINGs, so it is there, and will read what you wrote.',
      fix: 'Judge by the answer to the PING alone: not by what write() returns, and not by how long an answer takes.',
      faults: {
        lost: {
          why: 'A client that reads late gets each event, only later.',
          fix: 'Write to every client that is open. What it does not read yet waits for it.',
        },
      },
      hints: [
        'What ends a connection in your code, apart from a PING without an answer?',
        'write() returns false when much waits to be read. It is written all the same: nodejs.org/api/stream.html#writablewritechunk-encoding-callback',
        { file: 'heartbeat.ts', lines: 'session.ping' },
      ],
      needsProcess: true,
    },
    timers: {
      says: 'stops each timer with the stream, or the connection, that it was made for',
      why: 'A timer that no one stops runs for as long as your server does, and keeps in memory what it writes to.',
      fix: "In the 'close' event of the stream, call clearInterval() with its timer.",
      faults: {
        connections: {
          why: 'Each connection that closed left its timer behind, which would go on sending PINGs for ever.',
          fix: "Call clearInterval() in session.on('close', …).",
        },
      },
      hints: [
        'Your server now starts two kinds of timers. Who stops each of them?',
        "clearInterval(timer) in the 'close' event, of a stream and of a session: nodejs.org/api/http2.html#event-close",
        { file: 'broadcast.ts', lines: 'clearInterval' },
      ],
      needsProcess: true,
    },
    default: {
      says: 'waits for 15 seconds when HEARTBEAT_MS is not set',
      why: 'It is what the standard recommends, and well below the minute after which most proxies give up.',
      fix: 'Number(process.env.HEARTBEAT_MS ?? 15_000): the milliseconds, or 15,000 of them.',
      faults: {
        soon: {
          why: 'A number that is missing, or that is meant in seconds, lets a timer run all the time: it counts milliseconds.',
          fix: 'Number(process.env.HEARTBEAT_MS ?? 15_000): in milliseconds, and 15,000 of them when it is not set.',
        },
      },
      hints: [
        'Start your server without HEARTBEAT_MS. After how many seconds does curl show the first comment?',
        '?? takes its right side when the left one is undefined: developer.mozilla.org/docs/Web/JavaScript/Reference/Operators/Nullish_coalescing',
        { file: 'heartbeat.ts', lines: '}, heartbeat)' },
      ],
      needsProcess: true,
    },
  },
})
