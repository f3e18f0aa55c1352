import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEvents } from '../../../checks/wire/parse.ts'
import { readWire } from '../../../checks/wire/read.ts'
import { soup } from '../../../checks/wire/soup.ts'
import { interpret } from './standard.ts'
import { readEvents, readLines, readStream } from './stream.ts'

const encode = (text: string) => new TextEncoder().encode(text)

/** Some hundred times the same, so that there are marks in it. */
const longSoup = fc.tuple(soup, fc.integer({ min: 1, max: 300 })).map(([bytes, times]) => {
  const long = new Uint8Array(bytes.length * times)
  for (let index = 0; index < times; index++) long.set(bytes, index * bytes.length)
  return long
})

test('a stream that is read in parts is the same as one that is read whole', () => {
  fc.assert(
    fc.property(longSoup, fc.nat(), (bytes, place) => {
      const stream = readStream(bytes)
      const wire = readWire(bytes)
      const whole = interpret(wire)
      const lines = wire.blocks.flatMap(({ lines }, index) =>
        lines.map((line) => ({ line, block: index + 1 })),
      )
      expect([stream.lines, stream.blocks.length]).toEqual([lines.length, wire.blocks.length])
      expect([stream.state.lastEventId, stream.state.retry]).toEqual([whole.lastEventId, whole.retry])
      expect([stream.agrees, stream.parsed]).toEqual([true, parseEvents(bytes).events.length])
      const blockEnds = wire.blocks.map(({ finished, dispatches }) =>
        dispatches ? 'event' : finished ? 'none' : 'open',
      )
      expect(stream.blocks).toEqual(blockEnds)

      const first = lines.length === 0 ? 0 : place % lines.length
      const read = readLines(stream, first).take(50).toArray()
      const expected = lines.slice(first, first + 50)
      expect(read.map(({ line, block }) => [line.raw, block])).toEqual(
        expected.map(({ line, block }) => [line.raw, block]),
      )
      expect(read.map(({ line }) => line.number)).toEqual(expected.map((_, index) => first + index + 1))
      const firstEvent = whole.events.length === 0 ? 0 : place % whole.events.length
      expect(readEvents(stream, firstEvent).take(50).toArray()).toEqual(
        whole.events.slice(firstEvent, firstEvent + 50),
      )
    }),
    { numRuns: 300 },
  )
}, 120_000)

test.each([
  ['many lines of one block', 'data: x\n'],
  ['many blocks', 'data: x\n\n'],
  ['one line', 'x'],
  ['byte order marks', '\uFEFFdata: x\n'],
])(
  'ten million bytes are read in time: %s',
  (_, text) => {
    const bytes = encode(text.repeat(1e7 / text.length))
    const before = process.cpuUsage()
    const stream = readStream(bytes)
    expect(readLines(stream, stream.lines - 1).toArray()).toHaveLength(1)
    const { user } = process.cpuUsage(before)
    expect(user / 1e6, 'seconds').toBeLessThan(8)
  },
  120_000,
)
