import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat } from './bytes.ts'
import { type ParsedStream, parseEvents } from './parse.ts'
import { type FieldLine, readWire, type Wire, type WireLine } from './read.ts'
import { soup } from './soup.ts'
import { VECTORS, vectorBytes } from './vectors.ts'

const read = (text: string) => readWire(new TextEncoder().encode(text))

/** The standard's steps for fields and dispatch (§ 9.2.6), on what the reader found. */
function dispatch({ blocks }: Wire): Omit<ParsedStream, 'comments'> {
  const result: Omit<ParsedStream, 'comments'> = { events: [], lastEventId: '' }
  for (const block of blocks) {
    const fields = block.lines.filter(
      (line): line is FieldLine => line.kind === 'field' && line.end !== 'none',
    )
    const values = (name: string) => fields.filter((field) => field.name === name).map(({ value }) => value)
    const retry = values('retry').findLast((value) => /^[0-9]+$/.test(value))
    if (retry !== undefined) result.retry = Number(retry)
    const id = values('id').findLast((value) => !value.includes('\0'))
    if (block.finished && id !== undefined) result.lastEventId = id
    if (!block.dispatches) continue
    const own = id === undefined ? {} : { id }
    const data = values('data').join('\n')
    result.events.push({
      type: values('event').at(-1) || 'message',
      data,
      lastEventId: result.lastEventId,
      ...own,
    })
  }
  return result
}

/** What is known of a line, but its text and its length. */
function placeAndValue(line: WireLine) {
  const { number, offset, end, kind } = line
  if (line.kind === 'blank') return { number, offset, end, kind }
  if (line.kind === 'comment') return { number, offset, end, kind, value: line.value }
  const { name, value, colon, valueOffset } = line
  return { number, offset, end, kind, name, value, colon, valueOffset }
}

test('lines have places, values and ends', () => {
  const wire = read('\uFEFFdata: é\r\n:  c\rid\n\n\nretry:5')
  expect(wire.bom).toBe(true)
  const seen = wire.blocks.map(({ lines, ...block }) => ({
    ...block,
    lines: lines.map(placeAndValue),
  }))
  expect(seen).toEqual([
    {
      offset: 3,
      length: 19,
      finished: true,
      dispatches: true,
      lines: [
        {
          number: 1,
          offset: 3,
          end: 'crlf',
          kind: 'field',
          name: 'data',
          value: 'é',
          colon: true,
          valueOffset: 9,
        },
        { number: 2, offset: 13, end: 'cr', kind: 'comment', value: ' c' },
        {
          number: 3,
          offset: 18,
          end: 'lf',
          kind: 'field',
          name: 'id',
          value: '',
          colon: false,
          valueOffset: 20,
        },
        { number: 4, offset: 21, end: 'lf', kind: 'blank' },
      ],
    },
    {
      offset: 22,
      length: 1,
      finished: true,
      dispatches: false,
      lines: [{ number: 5, offset: 22, end: 'lf', kind: 'blank' }],
    },
    {
      offset: 23,
      length: 7,
      finished: false,
      dispatches: false,
      lines: [
        {
          number: 6,
          offset: 23,
          end: 'none',
          kind: 'field',
          name: 'retry',
          value: '5',
          colon: true,
          valueOffset: 29,
        },
      ],
    },
  ])
})

test('a block with data dispatches when it is finished, not before', () => {
  expect(read('data: a\n').blocks).toMatchObject([{ finished: false, dispatches: false }])
  expect(read('data: a\n\n').blocks).toMatchObject([{ finished: true, dispatches: true }])
  expect(read('Data: a\n\n').blocks).toMatchObject([{ finished: true, dispatches: false }])
})

test('an empty stream has no blocks', () => {
  expect(read('').blocks).toEqual([])
  expect(read('\uFEFF')).toMatchObject({ bom: true, blocks: [] })
})

describe('the standard’s events come out of', () => {
  test.each(VECTORS)('$says', (vector) => {
    const { events } = dispatch(readWire(vectorBytes(vector)))
    expect(events.map(({ type, data, lastEventId }) => [type, data, lastEventId])).toEqual(vector.events)
  })
})

test('nothing is lost', () => {
  fc.assert(
    fc.property(soup, (bytes) => {
      const wire = readWire(bytes)
      const { bom, blocks } = wire
      const lines = blocks.flatMap((block) => block.lines)
      const mark = bom ? [Uint8Array.of(0xef, 0xbb, 0xbf)] : []
      expect(concat([...mark, ...lines.map(({ raw }) => raw)])).toEqual(bytes)
      for (const { offset, length, index, raw, text } of lines) {
        expect(bytes.subarray(offset, offset + length)).toEqual(raw)
        expect(wire.text.slice(index, index + text.length)).toBe(text)
      }
      for (const block of blocks.slice(0, -1)) expect(block.finished).toBe(true)
    }),
  )
})

test('the reader and eventsource-parser agree on any bytes', () => {
  fc.assert(
    fc.property(soup, (bytes) => {
      const { comments, ...parsed } = parseEvents(bytes)
      expect(dispatch(readWire(bytes))).toEqual(parsed)
    }),
    { numRuns: 1000 },
  )
})
