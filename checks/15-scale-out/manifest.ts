import { defineLesson } from '../manifest.ts'
import { starts } from '../support/starts-manifest.ts'
import { departureWords } from './words-departure.ts'
import { outageWords } from './words-outage.ts'
import { togetherWords } from './words-together.ts'

export default defineLesson({
  slug: '15-scale-out',
  title: 'Scale-out',
  goal: 'Several servers with one log: whichever of them a client is at, it gets everything, in the same order.',
  minutes: 40,
  entry: 'server.ts',
  edit: ['redis-log.ts', 'broadcast.ts', 'server.ts'],
  given: ['log.ts', 'broadcast.ts'],
  begins: 'shared',
  checks: {
    starts,
    ...togetherWords,
    ...departureWords,
    ...outageWords,
  },
})
