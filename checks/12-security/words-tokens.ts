/** What is said of who shows a token, and who does not. */
import type { CheckManifest } from '../manifest.ts'

/** An answer that goes on although it says no. */
export const open = {
  why: 'Who is refused still waits for the end of the answer, and its stream stays with you.',
  fix: 'End each refusal: reply() does so.',
}

/** An error that would have ended the process, had the learner not caught all that nothing else catches. */
const uncaught = {
  why: 'Nothing caught this error where it was thrown. Without your handler for all errors, it would have ended every stream.',
  fix: 'Catch it where it is thrown, and answer.',
}

export const tokenWords = {
  token: {
    says: 'answers 401 to those who do not show the ACCESS_TOKEN',
    why: 'With a token set, only those who have it may listen and speak.',
    fix: 'In refusalOf(), return 401 unless hasToken(), and let isToken() compare. In server.ts, ask for the refusal before you do anything else.',
    faults: {
      query: {
        why: 'An address is written into logs, histories and other headers. A token that works there will be found there.',
        fix: 'Take the token from the cookie and from authorization only.',
      },
      name: {
        why: 'Its name only ends like yours, or it stands in the value of another one.',
        fix: 'A cookie begins where the header does, or behind a semicolon and a space. Compare its whole name.',
      },
      silent: {
        why: 'Who has no token waits, and does not know why.',
        fix: 'Answer with 401. Look for an error where you read cookie or authorization: either may be missing.',
      },
      open,
      sent: {
        why: 'The answer says no, and the message went out all the same.',
        fix: 'Refuse before you read the body.',
      },
    },
    hints: [
      'Which of your paths are for everyone, and which are not?',
      '401 says that something has to be shown first: developer.mozilla.org/docs/Web/HTTP/Reference/Status/401',
      { file: 'access.ts', lines: "':status': 401" },
    ],
    needsProcess: true,
  },
  accepts: {
    says: 'lets in who shows the token, as the cookie token or as a bearer',
    why: 'An EventSource can send no header of its own, but cookies go along. Programs, and fetch(), send authorization: Bearer.',
    fix: 'Take either of them: isToken(bearer) || isToken(kept).',
    faults: {
      cookie: {
        why: 'The browser sends all its cookies for you in one header, and a value may have an equals sign in it.',
        fix: 'Find the cookie whose whole name is token. Its value is all up to the next semicolon.',
      },
      silent: {
        why: 'Who has the token waits for an answer.',
        fix: 'Look for an error where you read cookie or authorization: either may be missing.',
      },
    },
    hints: [
      'What does isToken() say to the right one?',
      'timingSafeEqual() compares two buffers: nodejs.org/api/crypto.html#cryptotimingsafeequala-b',
      { file: 'access.ts', lines: 'timingSafeEqual' },
    ],
    needsProcess: true,
  },
  guesses: {
    says: 'survives tokens of any length, and takes none but the right one',
    why: 'timingSafeEqual() throws when its two values have not the same length. One request of anyone ends the server.',
    fix: "Compare hashes, which are all of one length: createHash('sha256').update(text).digest().",
    faults: {
      taken: {
        why: 'This is not your token. A part of it, or more than it, is not enough.',
        fix: 'Compare the whole of it.',
      },
      silent: {
        why: 'An error came in place of the answer: timingSafeEqual() throws when its two values have not the same length. Characters are not bytes.',
        fix: "Compare hashes, which are all of one length: createHash('sha256').update(text).digest().",
      },
      uncaught,
      open,
      sent: {
        why: 'The answer says no, and the message went out all the same.',
        fix: 'Refuse before you read the body.',
      },
    },
    hints: [
      'What does timingSafeEqual() do with "a" and "ab"? And with "é" and "e", which both have one character?',
      'It wants buffers of the same byte length; a hash has always 32: nodejs.org/api/crypto.html#cryptocreatehashalgorithm-options',
      { file: 'access.ts', lines: 'createHash(' },
    ],
    needsProcess: true,
  },
  home: {
    says: 'shows its page to everyone',
    why: 'Somebody who has no token yet has to get it somewhere. The page itself holds no secret.',
    fix: 'Ask for the token only where the path is among the guarded ones.',
    hints: [
      'What does somebody see who opens your page for the first time?',
      'includes() tells whether a path is in a list: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Array/includes',
      { file: 'server.ts', lines: 'guarded.includes(path) ? refusalOf' },
    ],
    needsProcess: true,
  },
} satisfies Record<string, CheckManifest>
