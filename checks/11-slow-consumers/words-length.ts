/** What is said of a server that is watched for long. */
import type { CheckManifest } from '../manifest.ts'

export const lengthWords = {
  default: {
    says: 'lets 1 MiB wait when MAX_BUFFER is not set',
    why: 'Without a bound that works by itself, the memory is full before anyone thinks of setting one.',
    fix: 'Number(process.env.MAX_BUFFER ?? 2 ** 20): so many bytes, or 1,048,576 of them.',
    faults: {
      soon: {
        why: 'A client may be behind by 1 MiB when nobody says otherwise. Many a phone is, for a moment.',
        fix: 'Number(process.env.MAX_BUFFER ?? 2 ** 20), in bytes.',
      },
    },
    hints: [
      'Start your server without MAX_BUFFER. How much may wait then?',
      '?? takes its right side when the left one is undefined; a comparison with NaN is never true: developer.mozilla.org/docs/Web/JavaScript/Reference/Operators/Nullish_coalescing',
      { file: 'broadcast.ts', lines: 'const maxBuffer' },
    ],
    needsProcess: true,
  },
  memory: {
    says: 'needs no more memory, however much is sent past clients that do not read',
    why: 'Little waits in the streams. So it is you who keep it: in an array, a queue, or a function that waits.',
    fix: 'Keep nothing for a client that you have destroyed. A queue of your own needs the same bound.',
    faults: {
      stuck: {
        why: 'A machine that has gone lets nothing out, not even a reset. What you write to its streams waits all the same.',
        fix: 'Count what waits in each stream, in writableLength, whatever it waits for: the client, or the connection.',
      },
    },
    hints: [
      'What in your code still knows a message after it was sent, apart from the log?',
      "A function that waits for 'drain' keeps all that it uses; a client that goes emits 'close' instead: nodejs.org/api/stream.html#event-drain",
      { file: 'broadcast.ts', lines: 'client.destroy()' },
    ],
    needsProcess: true,
  },
  'nothing-left': {
    says: 'keeps nothing of a client that it has ended',
    why: 'A stream that stays in your list is written to for ever, and stays in memory with all that belongs to it.',
    fix: "Let the 'close' event take each stream out of your list and stop its timer. It comes after destroy(), too.",
    hints: [
      'Which of your lists is a client still in when you have ended its stream?',
      "'close' comes however a stream ends: nodejs.org/api/http2.html#event-close_1",
      { file: 'broadcast.ts', lines: 'client.destroy()' },
    ],
    needsProcess: true,
  },
  others: {
    says: 'sends everyone else each message, once and at once, whatever one client does',
    why: 'One client that does not read is no reason for anybody else to wait, or to go.',
    fix: 'Count what waits for each client by itself, and wait for none of them in the loop that writes to all.',
    faults: {
      blocked: {
        why: 'Everybody else waits for the client that does not read. It may never read.',
        fix: "Wait for no one in the loop that writes to all: no await, no 'drain'. Who has no room left is destroyed.",
      },
      late: {
        why: 'Your server waits a while for the client that does not read, and everybody else waits with it, at each message.',
        fix: "Wait for no one in the loop that writes to all: no await, no timer, no 'drain'.",
      },
      ended: {
        why: 'This client had read all that came. Nothing waited for it.',
        fix: 'Ask what waits for each client now: client.writableLength goes down as it reads. A sum of all that was ever written does not.',
      },
      connection: {
        why: 'A browser has one connection for all tabs of a site. One tab sleeps, the other reads, and lost its stream as well.',
        fix: 'Destroy the stream of the one that does not read: client.destroy(), not client.session.destroy().',
      },
      lost: {
        why: 'This client had read all that came. It must not miss anything because of another one.',
        fix: 'Write each block to every client, and decide for each by itself whether there is room.',
      },
      twice: {
        why: 'A block that was written is on its way, whatever write() returned.',
        fix: 'Write each block once to each client.',
      },
      refused: {
        why: 'Who sends a message is not the one who does not read.',
        fix: 'Take messages as before. What waits for clients is no reason to refuse them.',
      },
    },
    hints: [
      'What in your code do two clients share? And who waits for whom?',
      'A for loop goes on at once when there is no await in it: developer.mozilla.org/docs/Web/JavaScript/Reference/Operators/await',
      { file: 'broadcast.ts', lines: 'const bytes' },
    ],
    needsProcess: true,
  },
} satisfies Record<string, CheckManifest>
