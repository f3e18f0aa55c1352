import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat } from './bytes.ts'
import { type Finding, lint, lintSmuggled } from './lint.ts'
import { readWire } from './read.ts'
import { cutAnywhere, soup, unusualStream } from './soup.ts'
import { VECTORS, vectorBytes } from './vectors.ts'
import { WORDS } from './words.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const lintText = (text: string, complete = true) => lint(encode(text), { complete })
const isFault = ({ severity }: Finding) => severity !== 'note'

/** A finding as the screen draws it: the received line, the caret, the right line. */
const drawn = ({ excerpt }: Finding) => [excerpt.line, `${' '.repeat(excerpt.caret)}^`, excerpt.should]

/** Code, stream, offset, line, and the picture. */
const FAULTS: [code: keyof typeof WORDS, stream: string, offset: number, line: number, picture: string[]][] =
  [
    ['unfinished-block', 'data: a\n\ndata: b\n', 17, 3, ['data: b␊', '        ^', 'data: b␊␊']],
    ['unfinished-block', 'data: b', 7, 1, ['data: b', '       ^', 'data: b␊␊']],
    ['unfinished-block', 'data: b\r\n', 9, 1, ['data: b␍␊', '         ^', 'data: b␍␊␍␊']],
    [
      'single-newline',
      'data: 2026-01-01T00:00:00.000Z\ndata: 2026-01-01T00:00:01.000Z\n',
      31,
      1,
      ['data: 2026-01-01T00:00:00.000Z␊', `${' '.repeat(31)}^`, 'data: 2026-01-01T00:00:00.000Z␊␊'],
    ],
    [
      'single-newline',
      'data: {"a":1}\ndata: {"a":2}\n',
      14,
      1,
      ['data: {"a":1}␊', '              ^', 'data: {"a":1}␊␊'],
    ],
    ['single-newline', 'id: 1\ndata: a\nid: 2\ndata: b\n', 14, 2, ['data: a␊', '        ^', 'data: a␊␊']],
    [
      'literal-backslash-n',
      'data: a\\n\\ndata: b\\n\\n',
      7,
      1,
      ['data: a\\n\\ndata: b\\n\\n', '       ^', 'data: a␊␊'],
    ],
    ['literal-backslash-n', 'data: é\\r\\n\\r\\n', 8, 1, ['data: é\\r\\n\\r\\n', '       ^', 'data: é␊␊']],
    [
      'literal-backslash-n',
      'event: tick\\ndata: a\n\n',
      11,
      1,
      ['event: tick\\ndata: a␊', '           ^', 'event: tick␊'],
    ],
    [
      'literal-backslash-n',
      'data: {"a":1}\\n\n',
      13,
      1,
      ['data: {"a":1}\\n␊', '             ^', 'data: {"a":1}␊'],
    ],
    ['literal-backslash-n', 'data: a\\n\n\n', 7, 1, ['data: a\\n␊', '       ^', 'data: a␊']],
    ['literal-backslash-n', 'data: a\n\\n', 8, 2, ['\\n', '^', '␊']],
    ['literal-backslash-n', ': ping\\n\\n', 6, 1, [': ping\\n\\n', '      ^', ': ping␊␊']],
    ['literal-backslash-n', ': a\\n\\ndata: x\n\n', 3, 1, [': a\\n\\ndata: x␊', '   ^', ': a␊␊']],
    ['literal-backslash-n', 'retry: 5\\n\n', 8, 1, ['retry: 5\\n␊', '        ^', 'retry: 5␊']],
    ['letter-case', 'Data: a\n\n', 0, 1, ['Data: a␊', '^', 'data: a␊']],
    ['letter-case', 'eVENT:a\n\n', 1, 1, ['eVENT:a␊', ' ^', 'event:a␊']],
    ['letter-case', 'DATA\n\n', 0, 1, ['DATA␊', '^', 'data␊']],
    ['space-before-colon', 'data : x\n\n', 4, 1, ['data : x␊', '    ^', 'data: x␊']],
    ['leading-space', 'data: a\n\n\t data: x\r\n\r\n', 9, 3, ['␉ data: x␍␊', '^', 'data: x␍␊']],
    ['leading-space', ' Data : x\n\n', 0, 1, [' Data : x␊', '^', 'data: x␊']],
    ['spaces-for-blank', 'data: a\n  \n', 8, 2, ['  ␊', '^', '␊']],
    ['misspelt-field', 'message: x\n\n', 0, 1, ['message: x␊', '^', 'data: x␊']],
    ['misspelt-field', 'type: x\n\n', 0, 1, ['type: x␊', '^', 'event: x␊']],
    ['misspelt-field', 'date: x\n\n', 0, 1, ['date: x␊', '^', 'data: x␊']],
    ['misspelt-field', 'dtaa: x\n\n', 0, 1, ['dtaa: x␊', '^', 'data: x␊']],
    ['misspelt-field', 'Events: x\n\n', 0, 1, ['Events: x␊', '^', 'event: x␊']],
    ['misspelt-field', 'rety: 1\n\n', 0, 1, ['rety: 1␊', '^', 'retry: 1␊']],
    ['unknown-field', 'colour: red\n\n', 0, 1, ['colour: red␊', '^', 'data: colour: red␊']],
    ['unknown-field', 'constructor: x\n\n', 0, 1, ['constructor: x␊', '^', 'data: constructor: x␊']],
    ['no-field-name', '{"a":1}\n\n', 0, 1, ['{"a":1}␊', '^', 'data: {"a":1}␊']],
    ['no-field-name', '{"a":1}', 0, 1, ['{"a":1}', '^', 'data: {"a":1}␊']],
    ['no-field-name', '12:30:00\n\n', 0, 1, ['12:30:00␊', '^', 'data: 12:30:00␊']],
    ['no-field-name', 'https://a.example\n\n', 0, 1, ['https://a.example␊', '^', 'data: https://a.example␊']],
    ['no-field-name', 'data: a\nand more\n\n', 8, 2, ['and more␊', '^', 'data: and more␊']],
    ['bom-mid-stream', 'data: a\n\n\uFEFFdata: b\n\n', 9, 3, ['<BOM>data: b␊', '^', 'data: b␊']],
    ['retry-not-digits', 'retry: 20ms\n\n', 9, 1, ['retry: 20ms␊', '         ^', 'retry: 20␊']],
    ['retry-not-digits', 'retry: soon\n\n', 7, 1, ['retry: soon␊', '       ^', 'retry: 2000␊']],
    ['retry-not-digits', 'retry\n\n', 5, 1, ['retry␊', '     ^', 'retry: 2000␊']],
    ['id-with-nul', 'id: a\0b\ndata: x\n\n', 5, 1, ['id: a␀b␊', '     ^', 'id: ab␊']],
    ['empty-field-block', 'id: 1\nevent: x\n\n', 15, 3, ['␊', '^', 'data: …␊']],
    ['lone-cr', 'data: a\rdata: b\n\n', 7, 1, ['data: a␍', '       ^', 'data: a␊']],
    ['http-chunk-framing', 'b\r\ndata: hey\n\n\r\n0\r\n\r\n', 0, 1, ['b␍␊', '^', 'data: hey␊']],
    ['http-chunk-framing', '6\r\ndata: \r\n3\r\nhey\r\n', 0, 1, ['6␍␊', '^', 'data: ␍␊']],
    ['html-instead', '\n<!DOCTYPE html>\n<p>Data: x\n', 1, 2, ['<!DOCTYPE html>␊', '^', 'data: …␊']],
    ['html-instead', '<html lang="en">', 0, 1, ['<html lang="en">', '^', 'data: …␊']],
  ]

describe('says what is wrong, where, and how it should be', () => {
  test.each(FAULTS)('%s: %j', (code, stream, offset, line, picture) => {
    const [finding] = lintText(stream)
    expect(finding).toMatchObject({ code, offset, line })
    expect(finding && drawn(finding)).toEqual(picture)
    expect(`${finding?.says} ${finding?.fix}`).not.toMatch(/\{(name|meant)\}|undefined/)
  })

  test('every code has a stream here that shows it', () => {
    const shown = new Set<string>(FAULTS.map(([code]) => code))
    const elsewhere = ['invalid-utf8', 'smuggled-line-end']
    expect(Object.keys(WORDS).filter((code) => !shown.has(code))).toEqual(elsewhere)
  })

  test('invalid UTF-8, at its first byte', () => {
    const [finding] = lint(concat([encode('data: é'), Uint8Array.of(0xff, 0xfe), encode('!\n\n')]), {
      complete: true,
    })
    expect(finding).toMatchObject({ code: 'invalid-utf8', severity: 'error', offset: 8, line: 1 })
    expect(finding && drawn(finding)).toEqual(['data: é��!␊', '       ^', 'data: é…!␊'])
  })

  test('in full', () => {
    expect(lintText('DATA: a\n\n')).toEqual([
      {
        code: 'letter-case',
        severity: 'error',
        offset: 0,
        line: 1,
        excerpt: { line: 'DATA: a␊', caret: 0, should: 'data: a␊' },
        says: 'Field names are written in small letters. The parser does not know DATA, so it drops the line.',
        fix: 'Write data in small letters.',
      },
    ])
  })
})

describe('one cause, one finding', () => {
  test.each([
    'data: a\\n\\n',
    'Data: a\n',
    'data: a\n  \ndata: b\n',
    '2026-01-01T00:00:00Z\n',
    'data: 2026-01-01T00:00:00Z\ndata: 2026-01-01T00:00:01Z\ndata: 2026-01-01T00:00:02Z\n',
    'b\r\ndata: hey\n\n\r\nb\r\ndata: you\n\n\r\n0\r\n\r\n',
    '<!doctype html>\n<p>\n',
  ])('%j', (stream) => {
    expect(lintText(stream).filter(isFault)).toHaveLength(1)
  })
})

test('a text that ends in a literal \\n arrives, so that is a warning', () => {
  expect(lintText('data: a\\n\n\n')).toMatchObject([{ code: 'literal-backslash-n', severity: 'warning' }])
  expect(lintText('data: a\\n\ndata: b\n')).toMatchObject([
    { code: 'literal-backslash-n', severity: 'error' },
  ])
})

describe('the vectors of the standard', () => {
  test.each(VECTORS)('$says', (vector) => {
    const faults = lint(vectorBytes(vector), { complete: true }).filter(isFault)
    expect(faults.map(({ code }) => code)).toEqual(vector.faults ?? [])
  })
})

describe('right but unusual streams', () => {
  test.each([
    '',
    ': a\\n\n',
    ': a\\n\ndata: x\n\n',
    ':\n',
    ': a\n',
    ': ping\n\n',
    'retry: 1\n',
    'retry: 1\n\n',
    ': don’t write \\n here: it is code\n\n',
  ])('%j has no finding', (stream) => expect(lintText(stream)).toEqual([]))

  test('have no error and no warning, wherever they are cut while more can come', () => {
    const cutStream = unusualStream.chain((bytes) => fc.tuple(fc.constant(bytes), fc.nat(bytes.length)))
    fc.assert(
      fc.property(cutStream, ([bytes, length]) => {
        expect(lint(bytes, { complete: true }).filter(isFault)).toEqual([])
        expect(lint(bytes.subarray(0, length), { complete: false }).filter(isFault)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

describe('a stream that goes on', () => {
  test.each([
    'data: a\n',
    'data: a\\n',
    'data: {\ndata: "a": "x\\ndata: y",\n',
    'da',
    'data: a\n\n ',
    'data: 2026-01-01T00:00:00Z\ndata: 2026-01-01T00:00:01Z\n',
    'data: a\r\n\r',
  ])('is not blamed for %j', (stream) => expect(lintText(stream, false)).toEqual([]))

  test('is told at once what no further byte can mend', () => {
    expect(lintText('Data: a\n', false)).toMatchObject([{ code: 'letter-case' }])
  })
})

test('any bytes have findings in order, inside the stream, the same in any pieces', () => {
  const streams = soup.chain((bytes) => fc.tuple(fc.constant(bytes), cutAnywhere(bytes), fc.boolean()))
  fc.assert(
    fc.property(streams, ([bytes, pieces, complete]) => {
      const findings = lint(bytes, { complete })
      expect(lint(readWire(concat(pieces)), { complete })).toEqual(findings)
      expect(findings.map(({ offset }) => offset)).toEqual(
        findings.map(({ offset }) => offset).sort((a, b) => a - b),
      )
      for (const { offset } of findings) expect(offset).toBeLessThanOrEqual(bytes.length)
    }),
    { numRuns: 500 },
  )
})

describe('smuggled line ends', () => {
  const smuggled = (stream: string, sent: string[]) => lintSmuggled(encode(stream), sent)

  test.each([
    ['data: hi\nevent: evil\n\n', 'hi\nevent: evil', 9, ['event: evil␊', '^', 'data: event: evil␊']],
    ['data: hi\n\ndata: evil\n\n', 'hi\n\ndata: evil', 9, ['␊', '^', 'data: ␊']],
    ['data: \r\rid: 9\r\n\r\n', '\r\rid: 9', 7, ['␍', '^', 'data: ␍']],
    ['data:a\rb\n\n', 'a\rb', 7, ['b␊', '^', 'data: b␊']],
  ])('%j', (stream, sent, offset, picture) => {
    const [finding] = smuggled(stream, ['other', sent])
    expect(finding).toMatchObject({ code: 'smuggled-line-end', severity: 'error', offset })
    expect(finding && drawn(finding)).toEqual(picture)
  })

  test('are not found in what was sent right', () => {
    const sent = ['hi\nevent: evil', 'a\n\ndata: b', 'x', 'x\r\n', 'data: c']
    const stream = sent.map(
      (text) =>
        `${text
          .split(/\r?\n/)
          .map((line) => `data: ${line}\n`)
          .join('')}\n`,
    )
    expect(smuggled(stream.join(''), sent)).toEqual([])
  })

  test('are not found where two texts only look alike', () => {
    expect(smuggled('data: a\ndata: b\n\n', ['a\ndata: b', 'a\nb'])).toEqual([])
  })
})

test('long runs of literal line ends take linear time', () => {
  const started = performance.now()
  lintText(`data: ${'\\n'.repeat(500_000)}x\n\n`)
  expect(performance.now() - started).toBeLessThan(2000)
})
