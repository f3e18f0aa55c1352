import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'
import { clockWords } from './words-clock.ts'
import { leavingWords } from './words-leaving.ts'
import { messageWords } from './words-messages.ts'
import { pageWords } from './words-page.ts'

export default defineLesson({
  slug: '08-broadcast',
  title: 'One event, every client',
  goal: 'What one client posts, every client receives: one clock and one message for all of them.',
  minutes: 30,
  entry: 'server.ts',
  edit: ['broadcast.ts', 'server.ts', 'page.js'],
  begins: 'one-clock',
  checks: {
    starts,
    ...clockWords,
    ...messageWords,
    ...leavingWords,
    ...pageWords,
  },
})
