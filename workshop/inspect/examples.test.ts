import { expect, test } from 'vitest'
import { lintHead } from '../../checks/wire/head-rules.ts'
import { HEAD_WORDS } from '../../checks/wire/head-words.ts'
import { lint } from '../../checks/wire/lint.ts'
import { vectorBytes } from '../../checks/wire/vectors.ts'
import { WORDS } from '../../checks/wire/words.ts'
import { BYTE_EXAMPLES, HEAD_EXAMPLES, OTHER_EXAMPLES } from './examples.ts'
import { remark } from './remark.ts'
import { headAt } from './saved-head.ts'
import { INSPECT_WORDS, type InspectCode } from './words.ts'

test.each(Object.entries(BYTE_EXAMPLES))('%s is found in its example', (code, stream) => {
  const found = lint(vectorBytes({ stream }), { complete: true })
  expect(found.map((finding) => finding.code)).toContain(code)
})

test.each(Object.entries(HEAD_EXAMPLES))('%s is found in its example', (code, text) => {
  const found = headAt(`${text}\n\n`)
  if (typeof found !== 'object') throw new Error('no head')
  expect(lintHead(found.head).map((finding) => finding.code)).toContain(code)
})

test.each(Object.entries(OTHER_EXAMPLES))('what is said of %s is whole, and short', (code, [, values]) => {
  const { says, fix } = remark(code as InspectCode, values)
  expect(says + fix).not.toMatch(/\{[a-z]+\}/)
  expect(says.length).toBeLessThan(260)
})

test('each code has an example, and there is one code of a name', () => {
  const all = [...Object.keys(WORDS), ...Object.keys(HEAD_WORDS), ...Object.keys(INSPECT_WORDS)]
  expect(new Set(all).size).toBe(all.length)
  const shown = [BYTE_EXAMPLES, HEAD_EXAMPLES, OTHER_EXAMPLES].flatMap((examples) => Object.keys(examples))
  expect(new Set(['smuggled-line-end', ...shown])).toEqual(new Set(all))
})
