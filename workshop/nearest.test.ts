import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

const words = ['lesson', 'check', 'list', 'reset', 'undo']

test.each([
  ['lsit', 'list'], // neighbours swapped
  ['lis', 'list'], // a letter left out
  ['chekc', 'check'],
  ['RESET', 'reset'],
  ['lessons', 'lesson'], // a letter too many
])('%s was meant to be %s', (typed, meant) => {
  expect(nearest(typed, words)).toBe(meant)
})

test.each(['', 'x', 'redo', 'banana', 'constructor'])('%j is near to none', (typed) => {
  expect(nearest(typed, words)).toBeUndefined()
})
