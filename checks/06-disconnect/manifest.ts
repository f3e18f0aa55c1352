import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'

export default defineLesson({
  slug: '06-disconnect',
  title: 'A client that leaves',
  goal: 'When a client leaves, everything that the server had started for it ends.',
  minutes: 15,
  entry: 'server.ts',
  edit: ['server.ts'],
  begins: 'timers',
  checks: {
    starts,
    'many-streams': {
      says: 'keeps 30 streams of one connection open',
      why: 'A browser reaches your server over one HTTP/2 connection for all its tabs. Each stream needs its events.',
      fix: 'Write to each stream, and leave the session that they share alone.',
      try: 'curl -kN --http2 --parallel {origin}/events {origin}/events {origin}/events',
      faults: {
        ended: {
          why: 'Something ended streams that their client still read. A session allows 10 unanswered pings, for example.',
          fix: 'Do not ping for each stream: all streams of a session share its pings.',
        },
      },
      hints: [
        'Which of your calls are about one stream, and which about the session that all of them share?',
        'session.ping() fails while 10 pings are unanswered (maxOutstandingPings): nodejs.org/api/http2.html#http2sessionpingpayload-callback',
        { file: 'server.ts', lines: "stream.on('close'" },
      ],
    },
    survives: {
      says: 'lives on, whichever way its clients leave',
      why: 'Clients leave all the time: tabs close, phones lose their network. None of that is an error of yours.',
      fix: 'Stop what works for a client when its stream closes, so that nothing touches a stream that is gone.',
      try: 'curl -kN --http2 --max-time 3 {origin}/events',
      hints: [
        'What still runs for a client after it left, and what does that code touch?',
        "stream.on('close', …) is called once, however the stream ends: nodejs.org/api/http2.html#event-close_1",
        { file: 'server.ts', lines: "stream.on('close'" },
      ],
    },
    others: {
      says: 'goes on sending to the clients that stay',
      why: 'One client that leaves must change nothing for the others.',
      fix: 'Clear only the timer of the stream that closed. Keep each timer in a const beside its stream.',
      try: 'curl -kN --http2 {origin}/events',
      faults: {
        ended: {
          why: 'One client left, and your server ended the stream of another one.',
          fix: 'In the close event, end only what belongs to the stream that closed.',
        },
      },
      hints: [
        'Open the stream in two terminals and stop one of them. Does the other one go on?',
        'A const inside the stream listener belongs to that one stream: developer.mozilla.org/docs/Web/JavaScript/Guide/Closures',
        { file: 'server.ts', lines: 'const timer' },
      ],
    },
    timers: {
      says: 'stops the timer of each client that left',
      why: 'The timer of a client that left still holds its stream. One that no one stops runs for as long as your server does.',
      fix: "Call clearInterval(), with what setInterval() returned, in stream.on('close', …). The name is 'close', to the letter.",
      needsProcess: true,
      faults: {
        some: {
          why: 'Clients leave in many ways, and some of them have left their timer behind.',
          fix: "Stop the timer in the stream's 'close' event. It comes however the client leaves; 'end' and 'error' do not.",
        },
      },
      hints: [
        'Your server starts a timer for each client. Who stops it?',
        "const timer = setInterval(…), and clearInterval(timer) in stream.on('close', …): nodejs.org/api/timers.html#clearintervaltimeout",
        { file: 'server.ts', lines: 'clearInterval' },
      ],
    },
    'late-writes': {
      says: 'writes nothing to a stream that has closed',
      why: 'What you write to a closed stream is lost, and the work for it is wasted, on every tick.',
      fix: "Stop writing when the stream emits 'close'. With a list of clients, take the client out of it there.",
      needsProcess: true,
      faults: {
        farewell: {
          why: "When 'close' comes, the client is gone. No one can read what you write then.",
          fix: 'Write nothing in the close event. Only clean up there.',
        },
      },
      hints: [
        'Which code writes to a stream, and how does that code learn that the stream has closed?',
        "stream.on('close', …) is the moment after which nothing may be written: nodejs.org/api/http2.html#event-close_1",
        { file: 'server.ts', lines: "stream.on('close'" },
      ],
    },
    listeners: {
      says: 'keeps nothing of the clients that left',
      why: 'A listener keeps alive all that its function mentions: here the streams of clients who left long ago.',
      fix: 'Remove each listener, and each list entry, that was made for the client when its stream closes.',
      needsProcess: true,
      faults: {
        kept: {
          why: 'A list, a set or a map that a stream stays in keeps it in memory for as long as your server runs.',
          fix: "Take the stream out of each list in its 'close' event: clients.delete(stream).",
        },
        sessions: {
          why: 'A list, a set or a map that a session stays in keeps it in memory for as long as your server runs, and its socket as well.',
          fix: "Take the session out of each list in its 'close' event: session.on('close', () => sessions.delete(session)).",
        },
      },
      hints: [
        'What did your server add for the client to something that lives longer: a list, the server, the process?',
        'emitter.off(name, listener) removes a listener, set.delete(stream) an entry: nodejs.org/api/events.html#emitterremovelistenereventname-listener',
        { file: 'server.ts', lines: "stream.on('close'" },
      ],
    },
  },
})
