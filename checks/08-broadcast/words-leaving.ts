/** What is said of those who leave in the middle of it. */
import type { CheckManifest } from '../manifest.ts'

/** An error that would have ended the process, had the learner not caught all that nothing else catches. */
const uncaught = {
  why: 'Nothing caught this error where it was thrown. Without your handler for all errors, it would have ended every stream.',
  fix: 'Catch the error where it is thrown: look whether the stream is still there before you answer.',
}

export const leavingWords = {
  'broken-off': {
    says: 'sends nothing of a message that breaks off',
    why: 'Half a message is none. The sender will try again, and everyone would read one and a half.',
    fix: "Send a message only when its body has come to its end. 'end' comes for a broken one as well: look at stream.aborted, or use text(stream), which rejects.",
    faults: {
      uncaught,
      dies: {
        why: 'When a body breaks off, reading it fails, and its stream is gone. Nothing caught what came of that, so the process ended, and every stream with it.',
        fix: 'Catch it where you read: text(stream).catch(() => undefined), or try … catch around the loop. And then return: nobody is there to be answered.',
      },
    },
    hints: [
      'A sender loses its network in the middle of a long message. What does your code see?',
      "'aborted' tells that a stream broke off, and stream.aborted remembers it: nodejs.org/api/http2.html#event-aborted",
      { file: 'server.ts', lines: 'stream.aborted' },
    ],
  },
  'gone-sender': {
    says: 'lives on when a sender leaves before its answer',
    why: 'respond() throws when its stream has closed. After an await, or in an event, nothing catches that, and the process ends.',
    fix: 'Before you answer, look whether the stream is still there: if (stream.aborted) return.',
    faults: { uncaught },
    hints: [
      'What may have happened to a stream while your code waited for its body?',
      'stream.aborted, stream.closed and stream.destroyed tell: nodejs.org/api/http2.html#http2streamaborted',
      { file: 'server.ts', lines: 'stream.aborted' },
    ],
  },
  dying: {
    says: 'loses nothing when clients die in the middle of it',
    why: 'Of a thousand clients one is always just leaving. The others must not notice.',
    fix: "Take a stream out of the set in its 'close' event, that one alone, and let nothing in the loop throw or wait.",
    hints: [
      'What happens to the rest of the loop when one client can not be written to?',
      'An entry can be deleted while a Set is gone through; an array moves what stands behind it: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Set/delete',
      { file: 'broadcast.ts', lines: 'clients.delete(stream)' },
    ],
  },
} satisfies Record<string, CheckManifest>
