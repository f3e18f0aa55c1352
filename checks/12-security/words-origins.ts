/** What is said of the pages that may read and send. */
import type { CheckManifest } from '../manifest.ts'

export const originWords = {
  readable: {
    says: 'lets pages of the ALLOWED_ORIGINS read its answers, with cookies',
    why: 'A browser gives a page of another origin no answer that does not name this origin. EventSource closes, fetch() fails.',
    fix: "In corsOf(), give an allowed origin back in 'access-control-allow-origin'. In server.ts, put what corsOf() returns into the head of each answer.",
    faults: {
      refused: {
        why: 'This page belongs to an allowed origin, and shows the token: it is to be answered like one of your own.',
        fix: 'Refuse only those who are not allowed, or have no token. Does isToken() say true to the right one?',
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
    fix: "Return { vary: 'origin' } from corsOf() in any case, and in server.ts put it into the head of each answer.",
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
    fix: 'In refusalOf(), return preflight when the method is OPTIONS. In server.ts, answer a guarded path with what refusalOf() returns, where it returns something.',
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
      'access.ts has the answer, and server.ts has to give it. The preflight request: developer.mozilla.org/docs/Web/HTTP/Guides/CORS#preflighted_requests',
      { file: 'access.ts', lines: 'return preflight' },
    ],
    needsProcess: true,
  },
  'foreign-post': {
    says: 'takes no message from a page of another origin: 403',
    why: 'CORS keeps the answer from that page, not the message from you. The browser sends it, with the cookie of your user.',
    fix: 'In refusalOf(), return 403 for a POST when isForeign(): its origin is neither ours nor an allowed one. In server.ts, answer with what refusalOf() returns.',
    try: "curl -ik --data 'hello' -H 'origin: https://evil.example' {origin}/messages",
    faults: {
      own: {
        why: 'Browsers name the origin for each POST, for one of your own page too. Now your own form is refused.',
        fix: "Your own origin is https:// and the :authority of the request, which is what HTTP/2 has in place of 'host'.",
        try: "curl -ik --data 'hello' -H 'origin: {origin}' {origin}/messages",
      },
      program: {
        why: 'Programs that are no browser send no origin, and no user of yours can be tricked into running one by a page.',
        fix: 'Refuse only requests that have an origin, and a foreign one.',
        try: "curl -ik --data 'hello' {origin}/messages",
      },
      allowed: {
        why: 'Pages of the ALLOWED_ORIGINS may speak as well as listen.',
        fix: 'Ask whether origins.has(origin) before you refuse.',
        try: '',
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
} satisfies Record<string, CheckManifest>
