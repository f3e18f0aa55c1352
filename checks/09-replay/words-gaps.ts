/** What is said where something is missing: unknown ids, busy times, a full log, another run. */
import type { CheckManifest } from '../manifest.ts'

export const gapWords = {
  reset: {
    says: 'answers an id that it does not know with one reset event, and then sends what is new',
    why: 'What this client has missed, nobody can tell. It must learn that something is missing: then it can load everything anew.',
    fix: 'When the log does not have the id, send event: reset, with a data line, and add the stream to those that get what is new.',
    try: 'curl -kN --http2 -H "last-event-id: nobody-knows-me" {origin}/events',
    faults: {
      all: {
        why: 'An id that is not found is no reason to send everything: the client has had some of it.',
        fix: 'findIndex() and indexOf() say -1 when they find nothing, and slice(-1 + 1) is everything. Ask for -1 first.',
      },
      'no-data': {
        why: 'A block without a data line is no event: the browser reads its name, and forgets it.',
        fix: "Give it data, even if it is empty: encode({ event: 'reset', data: '' }).",
      },
      refused: {
        why: 'A browser that gets no event stream gives up, and never comes back.',
        fix: 'Answer with status 200 and the stream, whatever the id is. The reset says the rest.',
      },
      silent: {
        why: 'The client was told that something is missing. From then on it wants to have what is new.',
        fix: 'Add its stream to those that get what is published, as you do for any other.',
      },
      several: {
        why: 'One reset says it all. The page would load everything anew for each of them.',
        fix: 'Send the reset once, when the stream opens.',
      },
      late: {
        why: 'By then the client has shown messages, as if nothing were missing before them.',
        fix: 'Write the reset first, then what is new.',
      },
      gap: {
        why: 'A client that was reset drops once more. With the id that it has by then it missed something, and was not told.',
        fix: 'Send the id of the newest message with the reset, as with the welcome, or none.',
      },
    },
    hints: [
      'What does your server send to curl -H "last-event-id: nobody-knows-me"? What would a page make of it?',
      'findIndex() answers -1 when nothing is found: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Array/findIndex',
      { file: 'broadcast.ts', lines: "event: 'reset'" },
    ],
  },
  during: {
    says: 'leaves no gap and doubles nothing while messages are published during the replay',
    why: 'What is published after you read the log, and before the stream is among those that get what is new, reaches this client on neither way.',
    fix: 'Read the log, write, and add the stream in one go, without await or a callback in between. Or keep what is new in a queue until the replay is over.',
    faults: {
      start: {
        why: 'What is missing stands right behind the id: your replay begins later than there.',
        fix: 'Send everything behind the id, however much it is. And put a message into the log before it is sent to anyone.',
      },
      double: {
        why: 'The stream was among those that get what is new before the log was read: such a message is in both.',
        fix: 'Read the log, write, and add the stream in one go, without await or a callback in between.',
      },
      order: {
        why: 'What is new reached the client before what it had missed.',
        fix: 'Write what was missed first. Where that takes a while, keep what is new in a queue until it is over.',
      },
      reset: {
        why: 'The client came back with an id that your server had just sent, and was told that nobody knows it.',
        fix: 'Put a message into the log before it is sent to anyone.',
      },
      silent: {
        why: 'The client came back, and got nothing of what was published from then on.',
        fix: 'Add each stream to those that get what is new, also when nothing was missed.',
      },
    },
    hints: [
      'A message is published just when a client comes back. Between which two lines of yours must that not happen?',
      'A function that does not wait runs to its end before anything else does; at an await, others run: developer.mozilla.org/docs/Web/JavaScript/Reference/Execution_model#run-to-completion',
      { file: 'broadcast.ts', lines: 'missed(lastEventId)' },
    ],
  },
  'log-size': {
    says: 'keeps the last LOG_SIZE messages and no more, and resets a client that missed others',
    why: 'A log that keeps everything fills the memory. One that keeps the last messages can say of an older id only that something is missing.',
    fix: 'Read LOG_SIZE, or take 1000. When there are more messages than that, let the oldest go.',
    needsProcess: true,
    faults: {
      gap: {
        why: 'A part of what this client missed is gone. It got the rest, and was not told.',
        fix: 'Send from the log only if the id itself is in it, or nothing behind it has gone. Else send reset.',
      },
      newest: {
        why: 'The newest of what this client missed is gone, and older messages are still there. It was not told.',
        fix: 'Put each message into the log, also when that is full, and then let the oldest go: entries.shift() takes the first of a list away, entries.pop() the last.',
      },
      nothing: {
        why: 'This client got nothing of what it missed, and was not told.',
        fix: 'Send reset to every client whose id is not in the log, also when your server once gave out that id.',
      },
      'after-reset': {
        why: 'A reset says: load everything anew. What you send from before it, the page would show once more.',
        fix: 'Behind a reset, send only what is published from then on.',
      },
      short: {
        why: 'All that this client missed is among the last LOG_SIZE messages, and your log has let go of some.',
        fix: 'Let a message go only when there are more than LOG_SIZE. Keep the id before the oldest as well: all that is kept comes after it.',
      },
      default: {
        why: 'Without LOG_SIZE in the environment, a log keeps 1000 messages. All that this client missed is among the last 1000.',
        fix: 'Read the size with Number(process.env.LOG_SIZE ?? 1000), and let only the oldest message go when there are more.',
      },
      unbounded: {
        why: 'Without LOG_SIZE in the environment, a log keeps 1000 messages. One that keeps everything fills the memory.',
        fix: 'Read the size with Number(process.env.LOG_SIZE ?? 1000), and let the oldest message go when there are more.',
      },
    },
    hints: [
      'After a million messages, how many does your server remember? And who asks for those that it does not?',
      'array.shift() takes the first entry away: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Array/shift',
      { file: 'log.ts', lines: 'entries.shift()' },
    ],
  },
  restart: {
    says: 'gives out no id that an earlier run gave out, and knows none of those',
    why: 'A server starts anew, and its clients come back with the ids of the run before. In another run the same id means another place.',
    fix: 'Put something into each id that no other run has, such as randomUUID(), and compare whole ids.',
    needsProcess: true,
    faults: {
      same: {
        why: 'Both runs count from the same number. A client that comes back after a restart seems to have what it never had.',
        fix: 'Put something into each id that no other run has, such as randomUUID().',
      },
    },
    hints: [
      'Stop your server, start it again, send a message. Which id does it have, and which had the first one before?',
      'randomUUID() makes a text that nobody has made before: nodejs.org/api/crypto.html#cryptorandomuuidoptions',
      { file: 'log.ts', lines: 'randomUUID()' },
    ],
  },
} satisfies Record<string, CheckManifest>
