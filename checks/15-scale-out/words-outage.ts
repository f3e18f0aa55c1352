/** What is said of Redis that goes away, and comes back. */
import type { CheckManifest } from '../manifest.ts'

export const outageWords = {
  outage: {
    says: 'lives on when Redis goes away, and goes on when it is back',
    why: 'Redis is restarted one day. Your clients need not notice, as long as their streams stay open.',
    fix: 'Catch what the read throws, wait a moment, and read again from the same id. The client connects again by itself.',
    faults: {
      died: {
        why: "An 'error' that nobody listens to ends the process, and so does a promise that rejects and that nobody catches. duplicate() copies no listeners.",
        fix: "Give both clients of Redis a listener, .on('error', tell). Catch what their commands throw, at once or after five seconds: around the read in follow(), in recover(), and where server.ts awaits publish().",
      },
      left: {
        why: 'Somebody sent a message, and left while your server still waited for Redis. Their stream is gone: what is sent on it is an error, and here it ends the process.',
        fix: 'Before you answer, look whether the stream is still there: if (stream.aborted) return.',
      },
      answer: {
        why: 'Its sender has to know whether it was taken. 503 says that it was not, and that another try may help.',
        fix: 'Catch what publish() rejects with, and answer 503. With disableOfflineQueue: true, a command that can not be sent fails at once.',
      },
      ended: {
        why: 'These clients all come back in a moment, and Redis is still away. Their streams can wait as well as they.',
        fix: 'Leave the streams open: when Redis is back, the next read brings what they missed.',
      },
      promised: {
        why: '204 said that the message was taken. Its sender will not send it again.',
        fix: 'Await XADD before you answer 204, and answer 503 when it fails.',
      },
      lost: {
        why: 'What Redis took while this server had no connection is behind the last id that it read.',
        fix: 'Read on from the last id that was read: xRead({ key, id: tail.lastId }). $ is only what comes from now on.',
      },
      again: {
        why: 'Redis was slow, and not gone. It has each command that you sent, and carries all of them out when it goes on.',
        fix: 'Send XADD once for each message. When no answer comes, wait, or answer 503: whether to try again is for the sender.',
      },
      twice: {
        why: 'The clients have had this message before Redis went away.',
        fix: 'Read on from the last id that was read: xRead({ key, id: tail.lastId }).',
      },
      order: {
        why: 'All servers read the same stream, and it has one order.',
        fix: 'Read on from the last id that was read, one read at a time.',
      },
      reset: {
        why: 'reset says that messages may be missing. Redis has all of them, and so have the clients.',
        fix: 'Ask whether the last entry that you read is still there: XRANGE from its id to its id. If so, read on.',
      },
    },
    hints: [
      'Stop Redis while your server runs. What ends, and what should?',
      "Each client emits 'error' when its connection breaks, and connects again: github.com/redis/node-redis/blob/master/docs/client-configuration.md",
      { file: 'redis-log.ts', lines: 'await recover' },
    ],
    needsProcess: true,
  },
  loss: {
    says: 'sends reset to everyone when Redis comes back without the messages',
    why: 'Messages may have been taken that nobody has any more. No one knows which, so everyone has to be told.',
    fix: 'After an error, ask for the last entry that you read. If it is gone, load the log anew, and call reset().',
    faults: {
      died: {
        why: "An 'error' that nobody listens to ends the process, and so does a promise that rejects and that nobody catches.",
        fix: "Give both clients of Redis a listener, .on('error', tell). Catch what their commands throw: around the read in follow(), and in recover().",
      },
      ended: {
        why: 'A client that is only cut off comes back and asks for what it missed. Tell it in the stream that is open.',
        fix: 'Send reset on each open stream, and leave it open.',
      },
      dead: {
        why: 'The log begins anew, and so does the reading.',
        fix: 'After the reset, read on from the end of the log as it is now: tail = await load().',
      },
      old: {
        why: 'Nobody has what was behind this id.',
        fix: 'Forget what was read before: tail = await load() keeps only what Redis has now.',
      },
    },
    hints: [
      'Redis crashes, and comes back empty. What do your clients have to know?',
      'XRANGE key id id finds one entry, or none: redis.io/docs/latest/commands/xrange',
      { file: 'redis-log.ts', lines: 'reset()' },
    ],
    needsProcess: true,
  },
} satisfies Record<string, CheckManifest>
