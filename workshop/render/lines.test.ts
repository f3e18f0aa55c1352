import { expect, test } from 'vitest'
import { showLineEnds, typedPath, wrap } from './lines.ts'

test('wrap breaks between words, and gives a long word a line of its own', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('a considerably b', 5)).toEqual(['a', 'considerably', 'b'])
})

test('line ends become visible, and still break the line', () => {
  expect(showLineEnds('data: a\n\n')).toBe('data: a␊\n␊\n')
  expect(showLineEnds('a\r\nb\rc')).toBe('a␍␊\nb␍\nc')
})

test('a path stands in quotes where a shell would take it apart', () => {
  expect(typedPath('lessons/01-certs/make-certs.ts')).toBe('lessons/01-certs/make-certs.ts')
  expect(typedPath('C:\\sse\\server.ts')).toBe('C:\\sse\\server.ts')
  expect(typedPath("../Zoë's work/server.ts")).toBe('"../Zoë\'s work/server.ts"')
})
