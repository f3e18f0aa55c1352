import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callOf, type Fields, quoted } from './calls.ts'
import { COMMENTS, DATA, FIELDS } from './inputs.ts'
import { isSame, meaningOf, meant } from './meaning.ts'
import { compare, rightText } from './spelling.ts'

const blocks = fc.oneof(DATA.arbitrary, FIELDS.arbitrary, COMMENTS.arbitrary)

test('a call that is shown is the call that was made', () => {
  const examples = [DATA, FIELDS, COMMENTS].flatMap(({ examples }) => examples)
  const evaluate = (call: string): Fields[] => {
    const seen: Fields[] = []
    new Function('encode', call)((fields: Fields) => seen.push(fields))
    return seen
  }
  for (const each of examples) expect(evaluate(callOf(each))).toEqual(each)
  fc.assert(
    fc.property(blocks, (each) => {
      expect(evaluate(callOf(each))).toEqual(each)
    }),
  )
})

test('a long text that says the same again is shown in short', () => {
  expect(quoted('a\n'.repeat(1000))).toBe("'a\\n'.repeat(1000)")
  expect(quoted(`${'a'.repeat(300)}b`)).toHaveLength(303)
  expect(quoted("it's\0")).toBe("'it\\'s\\u{0}'")
})

test('what should have come is right, in the spelling of what came', () => {
  const spellings = ['', 'data:a\r\n\r\n', 'data: a\rid:b\r', 'id: a\n:b\nevent: c\n\n', 'nonsense']
  fc.assert(
    fc.property(blocks, fc.constantFrom(...spellings), (each, text) => {
      expect(isSame(meaningOf(rightText(each, text)), meant(each))).toBe(true)
    }),
  )
})

test.for([
  [{ id: '0', data: 'a' }, 'data: a\n\n', 'id: 0␊data: a␊␊', 0],
  [{ event: 'a', data: 'b' }, 'data:b\r\n\r\n', 'event:a␍␊data:b␍␊␍␊', 0],
  [{ data: 'a\nb', id: '1' }, 'data: a\nb\nid: 1\n\n', 'data: a␊data: b␊id: 1␊␊', 8],
  [{ data: ' a' }, 'data: a\n\n', 'data:  a␊␊', 6],
] as const)('%o for %o should be %o', ([fields, text, should, caret]) => {
  expect(compare([fields], text)).toMatchObject({ should, caret })
})
