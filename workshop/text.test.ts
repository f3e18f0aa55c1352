import { expect, test } from 'vitest'
import { showLineEnds, wrap } from './text.ts'

test('wrap breaks between words, and gives a long word a line of its own', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('a considerably b', 5)).toEqual(['a', 'considerably', 'b'])
})

test('line ends become visible, and still break the line', () => {
  expect(showLineEnds('data: a\n\n')).toBe('data: a␊\n␊\n')
  expect(showLineEnds('a\r\nb\rc')).toBe('a␍␊\nb␍\nc')
})
