import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lint } from '../../../checks/wire/lint.ts'
import { WORDS } from '../../../checks/wire/words.ts'
import { bytesOf, typedFor } from './notation.ts'
import { habits, mistakes, presets, rules } from './presets.ts'
import { fromHash, toHash } from './share.ts'

test('signs stand for bytes', () => {
  expect(Array.from(bytesOf('a<CR>\n<NUL><BOM><FF>é'))).toEqual([
    0x61, 0x0d, 0x0a, 0, 0xef, 0xbb, 0xbf, 0xff, 0xc3, 0xa9,
  ])
  expect(typedFor(Uint8Array.of(0x61, 0x0d, 0x0a, 0, 0xe9))).toBe('a<CR>\n<NUL><E9>')
})

test('a text that looks like a sign stays what it is', () => {
  const bytes = new TextEncoder().encode('<CR> <FF> <b> \uE000')
  expect(typedFor(bytes)).toBe('<3C>CR> <3C>FF> <b> <EE><80><80>')
  expect(bytesOf(typedFor(bytes))).toEqual(bytes)
})

test('any bytes can be typed, and shared', () => {
  const awkward = fc.constantFrom(...['<', '>', 'CR', 'FF', '\r', '\n', '\0', '\uFEFF', '\uE000', 'é', '🎈'])
  const texts = fc.array(awkward).map((parts) => new TextEncoder().encode(parts.join('')))
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), texts), (bytes) => {
      expect(bytesOf(typedFor(bytes))).toEqual(bytes)
      expect(bytesOf(fromHash(toHash(typedFor(bytes))) ?? '?')).toEqual(bytes)
    }),
    { numRuns: 1000 },
  )
})

test('a preset is shared by its name, and nonsense is no stream', () => {
  for (const { id, typed } of presets) expect(toHash(typed)).toBe(`#${id}`)
  expect(fromHash('#letter-case')).toBe('Data: hello\n\n')
  expect(fromHash('')).toBeUndefined()
  expect(fromHash('#pg-wire-title')).toBeUndefined()
})

test('the rules have no fault to find, and each mistake and habit shows its own', () => {
  const codes = (typed: string) => lint(bytesOf(typed), { complete: true })
  for (const { id, typed } of rules) {
    const faults = codes(typed).filter(({ severity }) => severity === 'error')
    if (!id.endsWith('unfinished')) expect(faults, id).toEqual([])
  }
  for (const { id, typed } of habits) {
    const faults = codes(typed).filter(({ severity }) => severity !== 'note')
    expect(faults, id).toEqual([])
  }
  for (const { id, typed } of [...mistakes, ...habits]) {
    expect(
      codes(typed).map(({ code }) => code as string),
      id,
    ).toContain(id)
  }
  // A smuggled line end shows only to someone who knows what was sent.
  const shown = new Set([...mistakes, ...habits].map(({ id }) => id))
  expect(Object.keys(WORDS).filter((code) => !shown.has(code))).toEqual(['smuggled-line-end'])
})
