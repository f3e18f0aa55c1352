import { expect, test } from 'vitest'
import { type Ending, tell } from './ending.ts'
import { Misfortune, NotReached, NotRun } from './failure.ts'
import type { CheckContext } from './subject.ts'

type Name = 'first' | 'second' | 'third' | 'fourth'

const died = new Misfortune({ expected: 'a server that stays up', received: 'its end', why: '', fix: '' })

/** What becomes of each check: what it throws, or `passed`. */
function outcomes(ending?: Ending<Name>): unknown[] {
  return (['first', 'second', 'third', 'fourth'] as const).map((name) => {
    try {
      tell(CONTEXT, name, ending)
      return 'passed'
    } catch (error) {
      return error
    }
  })
}

const CONTEXT = {
  fail: (report: unknown) => {
    throw report
  },
} as CheckContext

test('all pass where nothing ended the observation', () => {
  expect(outcomes()).toEqual(['passed', 'passed', 'passed', 'passed'])
})

test('what was looked at has passed, what was not has no tick, and one tells why', () => {
  const ending: Ending<Name> = { check: 'third', error: died, open: ['second', 'third'] }
  expect(outcomes(ending)).toEqual(['passed', new NotReached(), died, 'passed'])
})

test('a report is told in the words of its check', () => {
  const report = { expected: 'more', received: 'less' }
  expect(outcomes({ check: 'third', report, open: ['third'] })).toEqual([
    'passed',
    'passed',
    report,
    'passed',
  ])
})

test('what can not be told here is told of none that was not looked at', () => {
  const busy = new NotRun('this machine is too busy')
  expect(outcomes({ check: 'third', error: busy, open: ['second', 'third'] })).toEqual([
    'passed',
    busy,
    busy,
    'passed',
  ])
})
