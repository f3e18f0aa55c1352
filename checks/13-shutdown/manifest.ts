import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'
import { endWords } from './words-end.ts'
import { farewellWords } from './words-farewell.ts'

export default defineLesson({
  slug: '13-shutdown',
  title: 'Shutdown',
  goal: 'A server that is stopped sees everyone off, and its clients come back to the next one by themselves.',
  minutes: 25,
  entry: 'server.ts',
  edit: ['broadcast.ts', 'shutdown.ts', 'server.ts'],
  begins: 'ends',
  checks: {
    starts,
    ...farewellWords,
    ...endWords,
  },
})
