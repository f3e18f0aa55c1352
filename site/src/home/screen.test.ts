import { expect, test } from 'vitest'
import { columnsOf } from './screen.ts'

test('a row without a rule is one column', () => {
  expect(columnsOf([['  '], ['✓', 'green'], [' stays']])).toEqual([
    [{ text: '  ' }, { text: '✓', styles: 'green' }, { text: ' stays' }],
  ])
  expect(columnsOf([])).toEqual([[]])
})

test('a rule divides columns, and line ends have letters, as wide as they were with the space behind', () => {
  expect(columnsOf([['  data: x␊    │ message: x']])).toEqual([
    [{ text: '  data: x' }, { text: 'LF', isEnd: true }, { text: '   ' }],
    [{ text: ' message: x' }],
  ])
  expect(columnsOf([['␍␊']])).toEqual([
    [
      { text: 'CR', isEnd: true },
      { text: 'LF', isEnd: true },
    ],
  ])
})
