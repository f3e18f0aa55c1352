import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'
import { gapWords } from './words-gaps.ts'
import { pageWords } from './words-page.ts'
import { returnWords } from './words-return.ts'

export default defineLesson({
  slug: '09-replay',
  title: 'Nothing missed',
  goal: 'A client that comes back receives what it missed, each message once, and is told when that is not possible.',
  minutes: 40,
  entry: 'server.ts',
  edit: ['log.ts', 'broadcast.ts', 'server.ts', 'page.js'],
  begins: 'replay',
  checks: {
    starts,
    ...returnWords,
    ...gapWords,
    ...pageWords,
  },
})
