import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat } from './bytes.ts'
import { type Finding, lint } from './lint.ts'
import { readWire } from './read.ts'
import { LINE_SAMPLES, STREAM_SAMPLES } from './samples.ts'
import { cutAnywhere, soup, unusualStream } from './soup.ts'
import { VECTORS, vectorBytes } from './vectors.ts'
import { WORDS } from './words.ts'

const SAMPLES = [...LINE_SAMPLES, ...STREAM_SAMPLES]
const encode = (text: string) => new TextEncoder().encode(text)
const lintText = (text: string, complete = true) => lint(encode(text), { complete })
const isFault = ({ severity }: Finding) => severity !== 'note'

/** A finding as the screen draws it: the received line, the caret, the right line. */
const drawn = ({ excerpt }: Finding) => [excerpt.line, `${' '.repeat(excerpt.caret)}^`, excerpt.should]

describe('says what is wrong, where, and how it should be', () => {
  test.each(SAMPLES)('%s: %j', (code, stream, offset, line, picture) => {
    const findings = lint(vectorBytes({ stream }), { complete: true })
    // A note of how the stream is spelt may stand beside it.
    const finding = findings.find(isFault) ?? findings.find((note) => note.code === code)
    expect(finding).toMatchObject({ code, offset, line })
    expect(finding && drawn(finding)).toEqual(picture)
    expect(`${finding?.says} ${finding?.fix}`).not.toMatch(/\{(name|meant)\}|undefined/)
  })

  test('every code has a stream here that shows it', () => {
    const shown = new Set<string>(SAMPLES.map(([code]) => code))
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
        standard: {
          section: '§ 9.2.6',
          url: 'https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation',
        },
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
    'data: 1\n\n<html>\n<p>\n\n<b>x: y</b>\n</html>\n',
    '{\n  "a": [\n    1\n  ]\n}\n',
    '{"a":1}\n{"a":2}\n{"a":3}\n',
    'data: 2026-01-01T00:00:00Zdata: 2026-01-01T00:00:01Z',
    'data: data: a\ndata: data: b\ndata: \ndata: \n\n',
    'data: : ping\ndata: \ndata: \n\n',
    'error: {}\n\n',
    'id 5\n\n',
    'data hello\n',
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
    expect(faults.flatMap(({ code, more = 0 }) => Array(1 + more).fill(code))).toEqual(vector.faults ?? [])
  })

  test.each(VECTORS)('$says: byte by byte, nothing is blamed that is not wrong in the end', (vector) => {
    const bytes = vectorBytes(vector)
    const blamed = (length: number, complete: boolean) =>
      lint(bytes.subarray(0, length), { complete })
        .filter(isFault)
        .map(({ code, line }) => `${code} in line ${line}`)
    const inTheEnd = blamed(bytes.length, true)
    for (let length = 0; length <= bytes.length; length++) {
      expect(inTheEnd).toEqual(expect.arrayContaining(blamed(length, false)))
    }
  })
})

describe('what an event survives is a warning, what is lost is an error', () => {
  test.each([
    ['run-together', 'data: {}data: {}\n\n', 'warning'],
    ['run-together', 'data: {}data: {}', 'error'],
    ['event-as-field', 'error: x\ndata: y\n\n', 'warning'],
    ['event-as-field', 'error: x\nid: 1\n\n', 'error'],
  ])('%s: %j', (code, stream, severity) => {
    expect(lintText(stream)).toMatchObject([{ code, severity }])
  })

  test('as long as it may still survive, it is no error', () => {
    expect(lintText('error: x\n', false)).toMatchObject([{ code: 'event-as-field', severity: 'warning' }])
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
    'retry: 100\n',
    'retry: 100\n\n',
    ': don’t write \\n here: it is code\n\n',
    ': \uFFFD\n\n',
    'data: data\n\n',
    'data: data:image/png;base64,iVBORw0KGgo=\n\n',
    'data: data:text/plain;charset=utf-8,hello\n\n',
    'data: data:,\n\n',
    'data: a tutorial says:\ndata: data: hello\ndata: : ping\n\n',
    'data: see data: x\n\n',
    'data: metadata: x\n\n',
    'data: {"a":"}data: {"}\n\n',
    'data: "[1]data: [2]"\n\n',
    'data: [later]data: x\n\n',
    'data: :) and :+1:\n\n',
    'data: :+1:\n\n',
    "data: it is 'so': {'a'}\n\n",
    'data: {"a":"{\'b\': 1}"}\n\n',
    'data: <html>\ndata: </html>\n\n',
    'data: {\ndata: "a": 1\ndata: }\n\n',
    'data: {"a":1}\n\ndata: text\n\ndata: \n\n',
    'data: \n\ndata\n\n',
    'data: {"object":"chat.completion.chunk","finish_reason":null}\n\n',
    'data: {"object":"chat.completion.chunk","finish_reason":"stop"}\n\ndata: [DONE]\n\n',
    'event: error\ndata: {"code":400}\n\n',
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
  ])('is not blamed for %j', (stream) => expect(lintText(stream, false).filter(isFault)).toEqual([]))

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
