import { expect, test } from 'vitest'
import { HEAD_WORDS } from '../../checks/wire/head-words.ts'
import { WORDS } from '../../checks/wire/words.ts'
import { catalog } from './catalog.ts'
import { INSPECT_WORDS } from './words.ts'

const { bytes, head, rest } = catalog()
const all = [...bytes, ...head, ...rest]

test('each code has an example that shows it, and there is one code of a name', () => {
  const codes = [...Object.keys(WORDS), ...Object.keys(HEAD_WORDS), ...Object.keys(INSPECT_WORDS)]
  expect(new Set(codes).size).toBe(codes.length)
  // A stream alone can not show it: it takes someone who knows what was sent.
  const shown = new Set(['smuggled-line-end', ...all.map(({ finding }) => finding.code)])
  expect(shown).toEqual(new Set(codes))
})

test.each(all.map(({ finding }) => finding))('what is said of $code is whole, and short', ({ says, fix }) => {
  expect(says + fix).not.toMatch(/\{(?:name|value|meant|[a-z]+)\}(?!\})/)
  expect(says.length).toBeLessThan(260)
})
