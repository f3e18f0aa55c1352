import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'

/** An answer that goes on although it says no. */
const open = {
  why: 'Who is refused still waits for the end of the answer, and its stream stays with you.',
  fix: 'End each refusal: reply() does so.',
}

/** An error that would have ended the process, had the learner not caught all that nothing else catches. */
const uncaught = {
  why: 'Nothing caught this error where it was thrown. Without your handler for all errors, it would have ended every stream.',
  fix: 'Catch it where it is thrown, and answer.',
}

export default defineLesson({
  slug: '12-security',
  title: 'Who may listen, who may speak',
  goal: 'A server that could face the internet: it knows whom it answers, and has a bound for all that others send it.',
  minutes: 40,
  entry: 'server.ts',
  edit: ['access.ts', 'server.ts', 'body.ts'],
  begins: 'readable',
  checks: {
    starts,
    readable: {
      says: 'lets pages of the ALLOWED_ORIGINS read its answers, with cookies',
      why: 'A browser gives a page of another origin no answer that does not name this origin. EventSource closes, fetch() fails.',
      fix: "In corsOf(), give an allowed origin back in 'access-control-allow-origin'. Put what corsOf() returns into the head of each answer.",
      faults: {
        refused: {
          why: 'This page belongs to an allowed origin, and shows the token: it is to be answered like one of your own.',
          fix: 'Refuse only those who are not allowed, or have no token.',
        },
        star: {
          why: 'The star allows every page there is. With a cookie, no browser takes it for an answer.',
          fix: "Name the one origin that asks: 'access-control-allow-origin': origin.",
        },
        list: {
          why: 'The header has one origin. Browsers take a list for no origin at all.',
          fix: 'Give back the one that asks, when it is among the allowed ones.',
        },
        credentials: {
          why: 'A page that sends its cookie along reads the answer only if this header says true.',
          fix: "Add 'access-control-allow-credentials': 'true' where you name the origin.",
        },
      },
      hints: [
        'Which header does a browser add to a request when the page is of another origin? Which one does it look for in the answer?',
        'access-control-allow-origin names the origin, access-control-allow-credentials allows cookies: developer.mozilla.org/docs/Web/HTTP/Guides/CORS#requests_with_credentials',
        { file: 'access.ts', lines: 'access-control-allow-origin' },
      ],
      needsProcess: true,
    },
    strangers: {
      says: 'lets pages of no other origin read them',
      why: 'Any page that your user opens could read your stream, with the cookie of your user.',
      fix: 'Give an origin back only when it is among the allowed ones: origins.has(origin).',
      faults: {
        star: {
          why: 'The star allows every page there is.',
          fix: 'Name an allowed origin that asks, and give everyone else no such header.',
        },
        null: {
          why: 'null is what a page says that has no origin: a file, or a frame that any other page can make.',
          fix: 'Treat null like any origin that is not in the list.',
        },
        alike: {
          why: 'It looks like one of yours. But origins are equal, or they are different: scheme, host and port.',
          fix: 'Compare the whole text: a Set and has(). No startsWith(), endsWith() or includes(), and no regular expression.',
        },
      },
      hints: [
        'Whose page is https://app.example.evil.example?',
        'Two origins are the same when scheme, host and port are: developer.mozilla.org/docs/Glossary/Origin',
        { file: 'access.ts', lines: 'origins.has(origin)' },
      ],
      needsProcess: true,
    },
    vary: {
      says: 'says vary: origin on each answer of /events and /messages',
      why: 'A cache gives the same answer to the next one who asks. Without vary, that one may come from another origin.',
      fix: "Return { vary: 'origin' } from corsOf() in any case, and put it into the head of each answer.",
      try: 'curl -ikN --max-time 1 {origin}/messages',
      faults: {
        some: {
          why: 'This answer too is another one for another origin, and a cache may keep it.',
          fix: 'Put what corsOf() returns into each head, also where you refuse.',
        },
      },
      hints: [
        'Which of your answers are different when another origin asks? Which would a cache keep?',
        'vary names the header that the answer depends on: developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Vary',
        { file: 'access.ts', lines: "vary: 'origin'" },
      ],
      needsProcess: true,
    },
    preflight: {
      says: 'answers a preflight of an allowed origin, without a token',
      why: 'Before it sends a header of its own, such as authorization, the browser asks with OPTIONS whether the page may.',
      fix: 'In refusalOf(), return preflight when the method is OPTIONS.',
      faults: {
        refused: {
          why: 'The browser asks this by itself, and never shows a token: it does not know yet whether it may.',
          fix: 'Look for OPTIONS first, and for the token behind it.',
        },
        origin: {
          why: 'What the browser asks before is read like any answer: it has to name the origin.',
          fix: 'Put what corsOf() returns into this head as well.',
        },
        star: {
          why: 'With a cookie, the star is a name like any other. And it never stands for authorization.',
          fix: "Name them: 'authorization, last-event-id', and what else your pages send.",
        },
        headers: {
          why: 'The browser sends only those headers that you name.',
          fix: "Name them in 'access-control-allow-headers': authorization and last-event-id, at least.",
        },
      },
      hints: [
        'What does the network tab of a browser show before a fetch() with a header authorization?',
        'The preflight request, and its answer: developer.mozilla.org/docs/Web/HTTP/Guides/CORS#preflighted_requests',
        { file: 'access.ts', lines: 'return preflight' },
      ],
      needsProcess: true,
    },
    'foreign-post': {
      says: 'takes no message from a page of another origin: 403',
      why: 'CORS keeps the answer from that page, not the message from you. The browser sends it, with the cookie of your user.',
      fix: 'In refusalOf(), return 403 for a POST when isForeign(): its origin is neither ours nor an allowed one.',
      try: "curl -ik --data 'hello' -H 'origin: https://evil.example' {origin}/messages",
      faults: {
        own: {
          why: 'Browsers name the origin for each POST, for one of your own page too. Now your own form is refused.',
          fix: "Your own origin is https:// and the :authority of the request, which is what HTTP/2 has in place of 'host'.",
        },
        program: {
          why: 'Programs that are no browser send no origin, and no user of yours can be tricked into running one by a page.',
          fix: 'Refuse only requests that have an origin, and a foreign one.',
        },
        allowed: {
          why: 'Pages of the ALLOWED_ORIGINS may speak as well as listen.',
          fix: 'Ask whether origins.has(origin) before you refuse.',
        },
        null: {
          why: 'null is what a page says that has no origin: a file, or a frame that any other page can make.',
          fix: 'Treat null like any origin that is not in the list.',
        },
        alike: {
          why: 'It looks like one of yours. But origins are equal, or they are different: scheme, host and port.',
          fix: 'Compare the whole text: with https:// and the authority, and with the list.',
        },
        sent: {
          why: 'The answer says no, and the message went out all the same.',
          fix: 'Refuse before you read the body.',
        },
      },
      hints: [
        'A page at evil.example has a form, whose action is your /messages. What happens when somebody sends it?',
        'Browsers say with origin where a POST comes from: developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Origin',
        { file: 'access.ts', lines: 'isForeign(headers)' },
      ],
    },
    token: {
      says: 'answers 401 to those who do not show the ACCESS_TOKEN',
      why: 'With a token set, only those who have it may listen and speak.',
      fix: 'In refusalOf(), return 401 unless hasToken(). Ask for the refusal before you do anything else.',
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
    limit: {
      says: 'opens MAX_STREAMS streams, and answers 503 to the next',
      why: 'Each stream takes memory, for as long as it is open. One program in a loop opens as many as you let it.',
      fix: 'Ask takePlace() for each GET /events, and answer 503 where it says no.',
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
    'too-long': {
      says: 'answers 413 as soon as a message is longer than 64 KiB',
      why: 'Who reads all that comes keeps all that comes. A message without an end fills the memory, and one that is read to its end costs it.',
      fix: 'In readBody(), add up chunk.length, and throw a RangeError when it is more than MOST. Answer that with 413.',
      try: 'head -c 70000 /dev/zero | curl -ik --data-binary @- {origin}/messages',
      faults: {
        late: {
          why: 'You knew it when the first byte too many came. A message that never ends would have been read for ever.',
          fix: 'Leave the loop as soon as it is too long, and answer then.',
        },
        silent: {
          why: 'The sender waits for an answer that does not come.',
          fix: 'Catch the RangeError of readBody(), and answer with 413.',
        },
        characters: {
          why: 'A character has up to four bytes. Who counts characters takes four times as much as was said.',
          fix: 'Add up the length of the chunks, which are bytes, before they become text. And count them even when content-length says something.',
        },
        reset: {
          why: 'Whoever leaves a for await loop early destroys what it reads. Here that is the stream, and with it the answer.',
          fix: 'Read stream.iterator({ destroyOnReturn: false }), and do not destroy the stream before the answer has its end.',
        },
        connection: {
          why: 'All streams of that browser are on this connection, those of other tabs too.',
          fix: 'End this one stream, and not its session: stream.close(), once it is answered.',
        },
        vary: {
          why: 'This answer too is read by pages of other origins.',
          fix: 'Put what corsOf() returns into this head as well.',
        },
        open,
        exact: {
          why: 'A message of 64 KiB is not longer than 64 KiB.',
          fix: 'Compare with more than: size > MOST, where MOST is 64 * 1024.',
        },
        sent: {
          why: 'The answer says no, and the message went out all the same.',
          fix: 'Publish only what came whole, and was not too long.',
        },
      },
      hints: [
        'Somebody sends a message that has no end. When does your server answer?',
        'A plain for await destroys what it reads; iterator({ destroyOnReturn: false }) does not: nodejs.org/api/stream.html#readableiteratoroptions',
        { file: 'body.ts', lines: 'size > MOST' },
      ],
    },
    smuggling: {
      says: 'lets no message become more than its data',
      why: 'A line end in a message must not end a line of the stream: what comes behind it would be a field, with a name of the sender’s choice.',
      fix: 'Publish the text as it came: encode() makes a data line of each of its lines.',
      faults: {
        lost: {
          why: 'A message that looks odd is still a message.',
          fix: 'Refuse what is too long, and nothing else: a line end or NUL in a text does no harm as data.',
        },
        nul: {
          why: 'NUL is a character of the text like any other. In data it does no harm.',
          fix: 'Publish the text as it came.',
        },
      },
      try: "printf 'hello\\n\\nevent: reset\\n\\n' | curl -ik --data-binary @- {origin}/messages",
      hints: [
        'What do all clients see when somebody posts a blank line, and then event: reset?',
        'CR, LF, and both together end a line: html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream',
        { file: 'server.ts', lines: 'publish(message)' },
      ],
    },
    outside: {
      says: 'gives out no file from outside of its folder',
      why: 'Scanners try such paths on each server they find. Behind one of them stands your private key.',
      fix: 'Do not make a file name of the path. Look the path up in a Map of the few files that there are.',
      faults: {
        below: {
          why: 'This file belongs to the project, and not to the page. It is found from the folder that the program was started in.',
          fix: 'Do not make a file name of the path. Look the path up in a Map of the few files that there are.',
        },
      },
      hints: [
        'Where does the path end that your server makes of /..%2f..%2fcerts/privkey.pem?',
        'A Map knows what it has been given, and nothing else: developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Map',
        { file: 'server.ts', lines: "allow: 'GET, HEAD'" },
      ],
    },
    elsewhere: {
      says: 'does all this for pages in a real browser',
      why: 'Your page is allowed there, and has its cookie. The browser has the last word on what it reads.',
      fix: 'Compare what the browser sends, in its network tab, with what the checks above ask for.',
      faults: {
        cookie: {
          why: 'A page of an allowed origin sends a message, with the cookie of its user.',
          fix: 'Answer POST /messages with what corsOf() says.',
        },
        bearer: {
          why: 'A page of an allowed origin sends a message, with the token in a header. The browser asks about that header first.',
          fix: 'Answer OPTIONS with the names of the headers, and with what corsOf() says.',
        },
        stranger: {
          why: 'Any page that your user opens could read your stream, with the cookie of your user.',
          fix: 'Give an origin back only when it is among the allowed ones.',
        },
        sent: {
          why: 'The page of a stranger spoke to everyone, with the cookie of your user, and CORS did not keep it from it.',
          fix: 'Refuse a POST of a foreign origin with 403, before you read it.',
        },
        own: {
          why: 'Your own page has the cookie, and its EventSource was refused.',
          fix: 'Take the token from the cookie as well as from authorization.',
        },
      },
      hints: [
        'What does the console of the browser say about your answer?',
        'Each error of CORS, and what it means: developer.mozilla.org/docs/Web/HTTP/Guides/CORS/Errors',
        { file: 'access.ts', lines: 'access-control-allow-origin' },
      ],
      needsProcess: true,
    },
  },
})
