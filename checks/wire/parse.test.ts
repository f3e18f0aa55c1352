import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEventReader, type ParsedStream, parseEvents } from './parse.ts'
import { cutAnywhere, soup } from './soup.ts'
import { VECTORS, vectorBytes } from './vectors.ts'

const parse = (text: string) => parseEvents(new TextEncoder().encode(text))

/** What a reader finds when the bytes come in these pieces, put together. */
function feedAll(pieces: Iterable<Uint8Array>): ParsedStream {
  const reader = createEventReader()
  const whole: ParsedStream = { events: [], comments: [], lastEventId: '' }
  for (const piece of pieces) {
    const { events, comments, ...rest } = reader.feed(piece)
    whole.events.push(...events)
    whole.comments.push(...comments)
    Object.assign(whole, rest)
  }
  return whole
}

describe.each(VECTORS)('$says', (vector) => {
  const bytes = vectorBytes(vector)

  test('whole', () => {
    const { events, retry, comments, lastEventId } = parseEvents(bytes)
    expect(events.map((event) => [event.type, event.data, event.lastEventId])).toEqual(vector.events)
    expect(retry).toBe(vector.retry)
    expect(comments).toEqual(vector.comments ?? [])
    expect(lastEventId).toBe(vector.lastEventId ?? '')
  })

  test('byte by byte', () => {
    expect(feedAll(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(parseEvents(bytes))
  })
})

test('the same bytes in any pieces give the same events', () => {
  const streams = soup.chain((bytes) => fc.tuple(fc.constant(bytes), cutAnywhere(bytes)))
  fc.assert(
    fc.property(streams, ([bytes, pieces]) => {
      expect(feedAll(pieces)).toEqual(parseEvents(bytes))
      expect(parseEvents(pieces)).toEqual(parseEvents(bytes))
    }),
    { numRuns: 500 },
  )
})

test('an event tells its own id from one that came before', () => {
  expect(parse('id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n').events).toEqual([
    { type: 'message', data: 'a', lastEventId: '1', id: '1' },
    { type: 'message', data: 'b', lastEventId: '1' },
    { type: 'message', data: 'c', lastEventId: '', id: '' },
  ])
})

test('a reader tells what is new, and remembers the last event ID', () => {
  const reader = createEventReader()
  const feed = (text: string) => reader.feed(new TextEncoder().encode(text))
  expect(feed('id: 1\nretry: 9\ndata: a\n\ndata:')).toMatchObject({
    retry: 9,
    lastEventId: '1',
    events: [{ data: 'a' }],
  })
  expect(feed(' b')).toEqual({ events: [], comments: [], lastEventId: '1' })
  expect(feed('\n\n').events).toEqual([{ type: 'message', data: 'b', lastEventId: '1' }])
})

test('a megabyte of data in small pieces arrives whole', () => {
  const data = 'é'.repeat(512 * 1024)
  const bytes = new TextEncoder().encode(`data: ${data}\n\n`)
  const pieces = Array.from({ length: Math.ceil(bytes.length / 4095) }, (_, i) =>
    bytes.subarray(i * 4095, (i + 1) * 4095),
  )
  expect(feedAll(pieces).events[0]?.data === data).toBe(true)
})
