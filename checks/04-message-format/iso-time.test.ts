import { describe, expect, test } from 'vitest'
import { dataWarning, distance, isIsoTime, markTime } from './iso-time.ts'

const NOW = new Date('2026-01-31T12:00:00.500Z')
const bytes = (text: string) => new TextEncoder().encode(text)

describe('isIsoTime', () => {
  test.each(['2026-01-31T12:00:00.000Z', '1970-01-01T00:00:00.001Z'])('takes %s', (text) => {
    expect(isIsoTime(text)).toBe(true)
  })

  test.each([
    '',
    'now',
    '1769860800000',
    '2026-01-31',
    '2026-01-31T12:00:00Z',
    '2026-01-31T12:00:00.000+00:00',
    '2026-02-30T12:00:00.000Z',
    ' 2026-01-31T12:00:00.000Z',
    '2026-01-31T12:00:00.000Z\n',
    'Sat Jan 31 2026 12:00:00 GMT+0000',
  ])('refuses %j', (text) => {
    expect(isIsoTime(text)).toBe(false)
  })
})

describe('markTime', () => {
  test.each([
    ['data: Sat Jan 31', 6],
    ['data:2026-01-31', 15],
    ['data: 2026-01-31 12:00:00', 16],
    ['data: "2026-01-31T12:00:00.000Z"', 6],
    ['data: 2026-01-31T12:00:00.000Z later', 30],
    ['data: ✓2026', 6],
    ['data', 4],
  ])('marks the first wrong byte of %j', (line, caret) => {
    const stream = bytes(`: comment\n\nid: 1\n${line}\n\n`)
    expect(markTime(stream, 0, NOW)).toEqual({
      line: `${line}␊`,
      caret,
      should: 'data: 2026-01-31T12:00:00.500Z␊',
    })
  })

  test('finds the message by its number', () => {
    expect(markTime(bytes('data: 2\n\nevent: x\n\ndata: x\n\n'), 1, NOW)?.line).toBe('data: x␊')
    expect(markTime(bytes('data: 2\n\n'), 1, NOW)).toBeUndefined()
  })
})

describe('dataWarning', () => {
  test('is about the data of that message, and nothing else in the stream', () => {
    const stream = bytes('foo: x\nretry: 5\ndata: data: a\n\nretry: 5\nfoo: x\ndata: b\n\ndata: : c\n\n')
    expect(dataWarning(stream, 0)?.code).toBe('framed-twice')
    expect(dataWarning(stream, 1)).toBeUndefined()
    expect(dataWarning(stream, 2)?.code).toBe('comment-in-data')
  })

  test('is no note', () => {
    expect(dataWarning(bytes('data:now\r\n\r\n'), 0)).toBeUndefined()
  })
})

test('distance says how far, and which way', () => {
  const from = (ms: number) => distance(NOW.getTime() + ms, NOW.getTime())
  expect(from(-6000)).toBe('6 s behind')
  expect(from(3_600_000)).toBe('60 minutes ahead')
  expect(from(-365 * 86_400_000)).toBe('365 days behind')
})
