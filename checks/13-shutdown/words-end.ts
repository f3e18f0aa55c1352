/** What is said of the end of the process, and of who comes back after it. */
import type { CheckManifest } from '../manifest.ts'

export const endWords = {
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
} satisfies Record<string, CheckManifest>
