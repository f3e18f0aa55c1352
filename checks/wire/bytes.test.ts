import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, decode, excerpt, firstInvalidUtf8, narrow, visible } from './bytes.ts'

const encode = (text: string) => new TextEncoder().encode(text)

describe('visible', () => {
  test.each([
    ['a\nb\r\n\0\t', 'a␊b␍␊␀␉'],
    ['\x1b[2J\x7f', '␛[2J␡'],
    ['\uFEFFx\u200b\u202e\u0085', '<BOM>x<U+200B><U+202E><U+0085>'],
    ['é 😀 👩‍👧', 'é 😀 👩‍👧'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visible(text)).toBe(shown)
    expect(visible(encode(text))).toBe(shown)
  })

  test('invalid UTF-8 is shown as �', () => {
    expect(visible(Uint8Array.of(0x61, 0xff, 0xe2, 0x82, 0x0a))).toBe('a��␊')
  })
})

describe('excerpt', () => {
  test('has a caret under the first wrong byte, counted in characters', () => {
    const line = encode('é\tDATA\n')
    expect(excerpt({ line, wrongAt: 3, should: 'é\tdata\n' })).toEqual({
      line: 'é␉DATA␊',
      caret: 2,
      should: 'é␉data␊',
    })
  })

  test('has a caret past the line when something is missing', () => {
    const found = excerpt({ line: encode('data: x\n'), wrongAt: 8, should: 'data: x\n\n' })
    expect(found).toEqual({ line: 'data: x␊', caret: 8, should: 'data: x␊␊' })
  })

  test('cuts long lines around the caret, both at the same place', () => {
    const text = `${'a'.repeat(100)}X${'b'.repeat(100)}`
    const found = excerpt({ line: encode(text), wrongAt: 100, should: text.replace('X', 'Y') })
    expect(found.line).toBe(`…${'a'.repeat(29)}X${'b'.repeat(28)}…`)
    expect(found.should).toBe(`…${'a'.repeat(29)}Y${'b'.repeat(28)}…`)
    expect(found.line[found.caret]).toBe('X')
  })

  test('never has more than 60 characters, nor a caret outside them', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 })
    fc.assert(
      fc.property(text, text, fc.nat(), (received, should, at) => {
        const line = encode(received)
        const found = excerpt({ line, wrongAt: at % (line.length + 1), should })
        expect(Array.from(found.line).length).toBeLessThanOrEqual(60)
        expect(Array.from(found.should).length).toBeLessThanOrEqual(60)
        expect(found.caret).toBeLessThanOrEqual(found.line.length)
        expect(found.should === '').toBe(should === '')
      }),
    )
  })
})

describe('narrow', () => {
  test('leaves alone what fits', () => {
    const found = { line: 'dta: x␊', caret: 1, should: 'data: x␊' }
    expect(narrow(found, 8)).toBe(found)
  })

  test('cuts before the place where the lines differ, and never at it', () => {
    const text = 'data: 2026-01-02T03:04:05.678Z ... and so on␊'
    expect(narrow({ line: text.replace('so', 'to'), caret: 39, should: text }, 21)).toEqual({
      line: '….678Z ... and to on␊',
      caret: 15,
      should: '….678Z ... and so on␊',
    })
  })

  test('shows the caret, and the first difference, in lines that are short enough', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '😀'), maxLength: 60 })
    fc.assert(
      fc.property(
        letters,
        letters,
        fc.nat(60),
        fc.integer({ min: 10, max: 59 }),
        (line, should, at, length) => {
          const characters = [Array.from(line), Array.from(should)] as const
          const place = characters[0].findIndex((character, index) => character !== characters[1][index])
          const caret = Array.from(line).slice(0, at).join('').length
          const shown = narrow({ line, caret, should }, length)
          const [received, right] = [Array.from(shown.line), Array.from(shown.should)]
          expect(Math.max(received.length, right.length)).toBeLessThanOrEqual(length)
          expect(shown.caret).toBeLessThanOrEqual(shown.line.length)
          if (place === -1 || place > at) return
          const seen = received.findIndex((character, index) => character !== right[index])
          expect([received[seen], right[seen]]).toEqual([characters[0][place], characters[1][place]])
        },
      ),
    )
  })
})

describe('firstInvalidUtf8', () => {
  test.each([
    [[0x61, 0xff], 1],
    [[0xf0, 0x9f, 0x98], 0],
    [[0xef, 0xbf, 0xbd, 0xc3], 3],
    [[0xc3, 0xa9, 0xed, 0xa0, 0x80], 2],
    [[0xef, 0xbb, 0xbf, 0x80], 3],
  ])('%j goes wrong at %i', (bytes, index) => {
    expect(firstInvalidUtf8(Uint8Array.from(bytes))).toBe(index)
  })

  test('finds nothing in text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => firstInvalidUtf8(encode(text)) === -1))
  })

  test('finds what a strict decoder refuses, and what stands before it is valid', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const strict = (part: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(part)
        const index = firstInvalidUtf8(bytes)
        expect(() => strict(bytes.subarray(0, index === -1 ? bytes.length : index))).not.toThrow()
        if (index !== -1) expect(() => strict(bytes)).toThrow()
      }),
    )
  })
})

test('concat joins, decode keeps a BOM', () => {
  expect(concat([])).toEqual(new Uint8Array())
  expect(decode(concat([encode('\uFEFFa'), new Uint8Array(), encode('é')]))).toBe('\uFEFFaé')
})
