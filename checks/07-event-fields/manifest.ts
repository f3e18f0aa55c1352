import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'
import { clockWords } from './words-clock.ts'
import { encodeWords } from './words-encode.ts'

export default defineLesson({
  slug: '07-event-fields',
  title: 'Event fields',
  goal: 'One function writes every event: with a name, an id, a time to wait, and data of several lines.',
  minutes: 30,
  entry: 'server.ts',
  edit: ['encode.ts', 'server.ts', 'page.js'],
  begins: 'data',
  checks: {
    starts,
    ...encodeWords,
    ...clockWords,
  },
})
