import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'
import { bodyWords } from './words-bodies.ts'
import { originWords } from './words-origins.ts'
import { placeWords } from './words-places.ts'
import { tokenWords } from './words-tokens.ts'

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
    ...originWords,
    ...tokenWords,
    ...placeWords,
    ...bodyWords,
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
