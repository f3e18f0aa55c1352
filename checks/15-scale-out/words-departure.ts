/** What is said of what is left when a server, or a part of the log, has gone. */
import type { CheckManifest } from '../manifest.ts'

export const departureWords = {
  resume: {
    says: 'lets the clients of a server that was killed go on at another, with nothing lost or twice',
    why: 'That is what the second server is for. A client says the last id it had, and must get what is behind it.',
    fix: 'Answer Last-Event-ID from what is in Redis: load() reads it at the start, and follow() adds to it.',
    faults: {
      reset: {
        why: 'reset says that messages may be missing. None is: all of them are in Redis.',
        fix: 'Keep what was read from Redis, whichever server added it, and look for the id there.',
      },
      twice: {
        why: 'Last-Event-ID is the last message that the client had. Only what is behind it is missing.',
        fix: 'Begin with the entry behind that id. In XRANGE, a ( before the first id leaves that entry out.',
      },
    },
    hints: [
      'A server burns down. What do its clients know that another server can use?',
      'XREVRANGE reads the newest entries first: redis.io/docs/latest/commands/xrevrange',
      { file: 'redis-log.ts', lines: 'await recover' },
    ],
    needsProcess: true,
  },
  trimmed: {
    says: 'sends reset for an id whose next messages are not in Redis any more',
    why: 'MAXLEN takes the oldest entries away. XRANGE then begins with what is left, and says nothing of the gap.',
    fix: 'Answer with reset, unless the entry with that id is there itself: then nothing behind it was taken away.',
    faults: {
      died: {
        why: 'Anyone can send any Last-Event-ID. What is no id of Redis is an error there: the promise of that command rejects.',
        fix: "Catch what a command rejects with that has a stranger's id in it, and take it for an id that nobody knows.",
      },
      strange: {
        why: 'Anyone can send any Last-Event-ID. What is no id of Redis is an error there, and some mean something else to it.',
        fix: 'Look for the id among those that you know, and take an error for an id that nobody knows.',
      },
      waits: {
        why: 'This client is told nothing, and gets nothing new: it waits for an id that does not come.',
        fix: 'In reach(), wait only as long as Redis has entries up to that id: isAhead(id) asks. Then subscribe, with a reset.',
      },
      known: {
        why: 'reset says that messages may be missing. This client has all of them.',
        fix: 'Look whether the entry with that id is there: load() takes in what Redis has when the server starts.',
      },
    },
    hints: [
      'The log holds messages 5 to 9. A client comes with the id of message 3. What is behind it?',
      'XADD … MAXLEN ~ 1000 takes away the oldest entries: redis.io/docs/latest/commands/xadd',
      { file: 'redis-log.ts', lines: 'isAhead(id)' },
    ],
    needsProcess: true,
  },
  'default-key': {
    says: 'uses the stream sse:events when REDIS_KEY is not set',
    why: 'Servers that are told nothing must find each other all the same.',
    fix: "const key = process.env.REDIS_KEY ?? 'sse:events'.",
    hints: [
      'What is the key when nobody has set REDIS_KEY?',
      '?? takes its right side when the left one is undefined: developer.mozilla.org/docs/Web/JavaScript/Reference/Operators/Nullish_coalescing',
      { file: 'redis-log.ts', lines: 'xAdd' },
    ],
    needsProcess: true,
  },
  size: {
    says: 'keeps about LOG_SIZE messages in Redis',
    why: 'Redis holds everything in memory. A stream that only grows fills it, and then it takes nothing more from anybody.',
    fix: "Trim with each XADD: { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: size } }.",
    hints: [
      'One message a second, for a year. How long is your log?',
      'MAXLEN ~ trims when a whole piece of a hundred entries or so can go: redis.io/docs/latest/commands/xadd',
      { file: 'redis-log.ts', lines: 'TRIM' },
    ],
    needsProcess: true,
  },
} satisfies Record<string, CheckManifest>
