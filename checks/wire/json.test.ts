import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isJson, jsonEnd } from './json.ts'

test('any JSON object, array or string ends where it ends', () => {
  const value = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()), fc.string())
  fc.assert(
    fc.property(value, fc.constantFrom(0, 2), fc.string({ maxLength: 3 }), (json, indent, after) => {
      const text = JSON.stringify(json, null, indent)
      expect(jsonEnd(`ab${text}${after}`, 2)).toBe(2 + text.length)
      expect(isJson(`\t${text} `)).toBe(true)
      // Cut anywhere, it goes on.
      expect(jsonEnd(text.slice(0, -1))).toBe(Infinity)
    }),
  )
})

test.each([
  '',
  'a',
  '1',
  ' {}',
  '}',
  '{a: 1}',
  "{'a': 1}",
  '[info]',
  '{"a": True}',
  '"a\nb"',
  '["a\n"]',
  '[\\n]',
])('%j is not JSON', (text) => expect(jsonEnd(text)).toBe(-1))

test.each(['{} {}', '[1]]', '{}x'])('%j is JSON and something else', (text) =>
  expect(isJson(text)).toBe(false),
)
