import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { breakLong, showLineEnds, typedPath, wrap, wrapCommand } from './lines.ts'

test('wrap breaks between words, and gives a long word a line of its own', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('a considerably b', 5)).toEqual(['a', 'considerably', 'b'])
})

test('a long line breaks behind a slash, else behind another sign, else anywhere but in a character', () => {
  expect(breakLong('short', 9)).toEqual(['short'])
  expect(breakLong('example.org/one/two#three', 18)).toEqual(['example.org/one/', 'two#three'])
  expect(breakLong('subjectAltName=DNS:localhost', 20)).toEqual(['subjectAltName=DNS:', 'localhost'])
  expect(breakLong('🎉'.repeat(5), 5)).toEqual(['🎉🎉', '🎉🎉', '🎉'])
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

test('a command breaks at spaces, and a shell still takes it as one', () => {
  const command = `echo "one 'two  three' four" five 'six  seven' && echo eight`
  const lines = wrapCommand(command, 24, 'linux')
  expect(lines.length).toBeGreaterThan(2)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(24)
  expect(lines).toContainEqual(expect.stringContaining("'six  seven'"))
  if (process.platform !== 'win32') {
    const typed = (text: string) => execFileSync('/bin/sh', ['-c', text], { encoding: 'utf8' })
    expect(typed(lines.join('\n'))).toBe(typed(command))
  }
  expect(wrapCommand(command, 24, 'win32')).toEqual([command])
  expect(wrapCommand('curl -k x', 24, 'linux')).toEqual(['curl -k x'])
})
