import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'
import { boundWords } from './words-bound.ts'
import { lengthWords } from './words-length.ts'
import { returnWords } from './words-return.ts'

export default defineLesson({
  slug: '11-slow-consumers',
  title: 'Slow readers',
  goal: 'A client that stops reading costs your server little memory, and nobody else notices it.',
  minutes: 25,
  entry: 'server.ts',
  edit: ['broadcast.ts', 'log.ts'],
  begins: 'bounded',
  checks: {
    starts,
    ...boundWords,
    ...returnWords,
    ...lengthWords,
  },
})
