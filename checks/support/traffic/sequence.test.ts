import { expect, test } from 'vitest'
import { flawIn, flawText, lettered } from './sequence.ts'

test('nothing is wrong with all that is due, once and in order', () => {
  expect(flawIn([3, 4, 5], 2, 5)).toBeUndefined()
  expect(flawIn([], 5, 5)).toBeUndefined()
  expect(flawIn([0, 1], -1, 1)).toBeUndefined()
})

test.each([
  ['in the middle', [3, 6], 'D E are missing'],
  ['at the beginning', [4, 5, 6], 'C is missing'],
  ['at the end', [3, 4, 5], 'F is missing'],
  ['everything', [], 'C D E F are missing'],
])('what is missing is named: %s', (_, received, words) => {
  expect(flawText(flawIn(received, 2, 6) as never, 1)).toBe(words)
})

test.each([
  ['the one that the client had already', [2, 3, 4], 0, 'C came again'],
  ['one that has just come', [3, 3, 4], 1, 'D came again'],
  ['one behind all the others', [3, 4, 3], 2, 'D came again'],
])('what comes again is named: %s', (_, received, at, words) => {
  const flaw = flawIn(received, 2, 4)
  expect(flaw).toMatchObject({ kind: 'double', at })
  expect(flawText(flaw as never)).toBe(words)
})

test('what comes too early is no gap: the others follow', () => {
  const flaw = flawIn([5, 3, 4], 2, 5)
  expect(flaw).toMatchObject({ kind: 'order', at: 0 })
  expect(flawText(flaw as never)).toBe('F came too early')
})

test('a long list is cut', () => {
  expect(lettered([0, 1, 2, 3, 4, 5, 6, 7, 8])).toBe('A B C D E F G H …')
  expect(lettered([])).toBe('nothing')
  expect(lettered([26])).toBe('#27')
})
