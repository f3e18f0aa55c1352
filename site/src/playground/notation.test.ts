import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lint } from '../../../checks/wire/lint.ts'
import { WORDS } from '../../../checks/wire/words.ts'
import { LINK_LENGTH, LONGEST } from '../../../workshop/inspect/link.ts'
import { bytesOf, typedFor } from './notation.ts'
import { habits } from './presets/habits.ts'
import { lessons } from './presets/lessons.ts'
import { mistakes } from './presets/mistakes.ts'
import { rules } from './presets/rules.ts'
import { presets } from './presets.ts'
import { fromHash, toHash } from './share.ts'

test('signs stand for bytes', () => {
  expect(Array.from(bytesOf('a<CR>\n<NUL><BOM><FF>é'))).toEqual([
    0x61, 0x0d, 0x0a, 0, 0xef, 0xbb, 0xbf, 0xff, 0xc3, 0xa9,
  ])
  expect(typedFor(Uint8Array.of(0x61, 0x0d, 0x0a, 0, 0xe9))).toBe('a<CR>\n<NUL><E9>')
})

test('a text that looks like a sign stays what it is', () => {
  const bytes = new TextEncoder().encode('<CR> <FF> <b>')
  expect(typedFor(bytes)).toBe('<3C>CR> <3C>FF> <b>')
  expect(bytesOf(typedFor(bytes))).toEqual(bytes)
})

const awkward = fc.constantFrom(...['<', '>', 'CR', 'FF', '\r', '\n', '\0', '\uFEFF', '\uFFFD', 'é', '🎈'])
const texts = fc.array(awkward).map((parts) => new TextEncoder().encode(parts.join('')))
const halves = fc
  .array(fc.oneof(texts, fc.uint8Array({ min: 0x80, maxLength: 3 })))
  .map((parts) => Uint8Array.from(parts.flatMap((part) => Array.from(part))))
const anyBytes = fc.oneof(fc.uint8Array(), texts, halves)

test('any bytes can be typed', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      expect(bytesOf(typedFor(bytes))).toEqual(bytes)
    }),
    { numRuns: 2000 },
  )
})

test('any bytes can be shared', async () => {
  const property = fc.asyncProperty(anyBytes, async (bytes) => {
    expect(bytesOf((await fromHash(await toHash(typedFor(bytes)))) ?? '?')).toEqual(bytes)
  })
  await fc.assert(property, { numRuns: 200 })
})

test('ten million bytes are typed, and read again, in no time', () => {
  for (const bytes of [new TextEncoder().encode('data: é\r\n'.repeat(1e6)), new Uint8Array(1e6).fill(0xff)]) {
    const before = process.cpuUsage()
    expect(bytesOf(typedFor(bytes))).toHaveLength(bytes.length)
    expect(process.cpuUsage(before).user / 1e6, 'seconds').toBeLessThan(4)
  }
}, 120_000)

test('a preset is shared by its name, and nonsense is no stream', async () => {
  for (const { id, typed } of presets) {
    expect(await toHash(typed)).toBe(`#${id}`)
    expect(await fromHash(`#${id}`)).toBe(typed)
  }
  expect(await fromHash('#letter-case')).toBe('Data: hello\n\n')
  for (const hash of ['', '#pg-wire-title', '#z=', '#z=AAAA', '#s=x'])
    expect(await fromHash(hash), hash).toBeUndefined()
})

test('a link from before streams were compressed leads to its stream', async () => {
  const long = 'data: the same again\n\n'.repeat(200)
  expect(await fromHash(`#s=${Buffer.from(long).toString('base64url')}`)).toBe(long)
})

test('a compressed link holds many times as much, and never a bomb', async () => {
  const long = 'data: the same again\n\n'.repeat(2000)
  const hash = await toHash(long)
  expect(hash.length).toBeLessThan(LINK_LENGTH / 10)
  expect(await fromHash(hash)).toBe(long)
  const bomb = deflateRawSync(Buffer.alloc(2 * LONGEST)).toString('base64url')
  expect(await fromHash(`#z=${bomb}`)).toBeUndefined()
})

test('rules and lessons have no fault to find, and each mistake and habit shows its own', () => {
  const codes = (typed: string) => lint(bytesOf(typed), { complete: true })
  for (const { id, typed } of [...rules, ...lessons]) {
    const faults = codes(typed).filter(({ severity }) => severity === 'error')
    if (!id.endsWith('unfinished')) expect(faults, id).toEqual([])
  }
  for (const { id, typed } of habits) {
    const faults = codes(typed).filter(({ severity }) => severity !== 'note')
    expect(faults, id).toEqual([])
  }
  for (const { id, code = id, typed } of [...mistakes, ...habits]) {
    expect(
      codes(typed).map((found) => found.code as string),
      id,
    ).toContain(code)
  }
  // A smuggled line end shows only to someone who knows what was sent.
  const shown = new Set([...mistakes, ...habits].map(({ id, code = id }) => code))
  expect(Object.keys(WORDS).filter((code) => !shown.has(code))).toEqual(['smuggled-line-end'])
})
