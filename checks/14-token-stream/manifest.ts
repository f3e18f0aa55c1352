import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'
import { clientWords } from './words-client.ts'
import { pageWords } from './words-page.ts'
import { serverWords } from './words-server.ts'

export default defineLesson({
  slug: '14-token-stream',
  title: 'Token stream',
  goal: 'An answer comes token by token, can be stopped by who reads it, and never ends as if it were whole when it is not.',
  minutes: 30,
  entry: 'server.ts',
  edit: ['completions.ts', 'client.ts', 'page.js'],
  begins: 'tokens',
  checks: {
    starts,
    ...serverWords,
    ...clientWords,
    ...pageWords,
  },
})
