/** What is said of the places that streams take. */
import type { CheckManifest } from '../manifest.ts'
import { open } from './words-tokens.ts'

export const placeWords = {
  limit: {
    says: 'opens MAX_STREAMS streams, and answers 503 to the next',
    why: 'Each stream takes memory, for as long as it is open. One program in a loop opens as many as you let it.',
    fix: 'Ask takePlace() for each GET /events, and answer 503 where it says no: when taken >= places.',
    faults: {
      few: {
        why: 'There are places that nobody can have.',
        fix: 'Refuse only when as many are taken as there are: taken >= places.',
      },
      other: {
        why: '503 says that it is your server which has no room now.',
        fix: "Answer with busy: ':status': 503 and 'retry-after'.",
      },
      retry: {
        why: 'retry-after says when to try again. Without it, programs do so at once, and again.',
        fix: "Add 'retry-after': '5' to the head, which are seconds.",
      },
      vary: {
        why: 'This answer too is read by pages of other origins.',
        fix: 'Put what corsOf() returns into this head as well.',
      },
      open,
      rest: {
        why: 'The places are for streams. Messages and pages take none.',
        fix: 'Ask takePlace() only for GET /events.',
      },
      ended: {
        why: 'Who is in stays in. Else two of them would take turns for ever.',
        fix: 'Refuse the one who comes, and end none of those who are there.',
      },
    },
    hints: [
      'How many streams may one program open on your server before something breaks?',
      '503 with retry-after: developer.mozilla.org/docs/Web/HTTP/Reference/Status/503',
      { file: 'access.ts', lines: 'taken >= places' },
    ],
    needsProcess: true,
  },
  refused: {
    says: 'gives no place to those whom it refuses',
    why: 'Who was refused holds no stream. When they count as well, nobody gets in any more.',
    fix: 'Count only those who get a place, and take back only what was counted: both behind the question whether there is one.',
    faults: {
      twice: {
        why: 'The count came down for somebody who had no place, or twice for somebody who had one. Now more streams are open than you allow.',
        fix: 'Take one from the count for each that was counted, once, and for nobody else.',
      },
    },
    hints: [
      'A stream that gets a 503 closes as well. What does your count do then?',
      "'close' comes for every stream, whatever it was answered: nodejs.org/api/http2.html#event-close_1",
      { file: 'access.ts', lines: 'taken++' },
    ],
    needsProcess: true,
  },
  leaving: {
    says: 'gives the place of a client that left to the next, however it left',
    why: 'When a place does not come back, there is one less, until the server is started anew.',
    fix: "Take one from the count in the 'close' event of the stream: it comes once, however the client left.",
    faults: {
      early: {
        why: "They were gone before your answer came. Who begins to listen for 'close' a moment later hears nothing of it.",
        fix: "Listen for 'close' where you add one to the count, in the same function and without an await between.",
      },
      evicted: {
        why: "Nobody left: you ended these streams yourself, since their clients did not read. 'aborted' and 'end' tell of what the client does, and do not come then.",
        fix: "Take one from the count in 'close' alone: it comes once for each stream, whoever ended it.",
      },
      twice: {
        why: 'Some who left were taken from the count twice. Now there is room for more streams than you allow.',
        fix: "Take one from the count in 'close' alone, which comes once.",
      },
    },
    hints: [
      'In which ways can a client leave? Which event comes in each of them?',
      "'close' comes once, and always; 'end' and 'aborted' do not: nodejs.org/api/http2.html#event-close_1",
      { file: 'access.ts', lines: "'close'" },
    ],
    needsProcess: true,
  },
  default: {
    says: 'has 1000 places when MAX_STREAMS is not set',
    why: 'Whoever starts your server and says nothing relies on it: not less than this, and not without a bound.',
    fix: 'Use what the starter has: Number(process.env.MAX_STREAMS ?? 1000).',
    faults: {
      more: {
        why: 'A server that nobody has configured is the one that needs a bound.',
        fix: 'Let the bound be 1000 when MAX_STREAMS is not set: Number(process.env.MAX_STREAMS ?? 1000).',
      },
    },
    hints: [
      'What is Number(undefined), and is anything more than that?',
      'The operator ?? gives a value for what is not there: developer.mozilla.org/docs/Web/JavaScript/Reference/Operators/Nullish_coalescing',
      { file: 'access.ts', lines: 'taken >= places' },
    ],
    needsProcess: true,
  },
} satisfies Record<string, CheckManifest>
