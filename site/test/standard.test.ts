/** What the playground says of a stream, held against the EventSource of a real browser that receives the same bytes. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseEvents } from '../../checks/wire/parse.ts'
import { readWire } from '../../checks/wire/read.ts'
import { type Interpretation, interpret } from '../src/playground/standard.ts'
import { launch } from './browser.ts'
import { type Heard, hear } from './event-source.ts'
import { STREAMS } from './streams.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launch()
})

afterAll(() => browser?.close())

test('makes of every stream what the EventSource of this browser makes of it', async () => {
  const found = STREAMS.map(({ bytes }) => interpret(readWire(bytes)))
  const types = new Set(found.flatMap(({ events }) => events.map(({ type }) => type)))
  const heard = await hear(
    browser,
    STREAMS.map(({ bytes }) => bytes),
    [...types],
  )
  for (const [index, { says, bytes }] of STREAMS.entries()) {
    const { events, lastEventId, retry } = found[index] as Interpretation
    const { waited, ...own } = heard[index] as Heard
    expect({ events, lastEventId }, says).toEqual(own)
    const parsed = parseEvents(bytes).events.map(({ id: _, ...event }) => event)
    expect(parsed, says).toEqual(own.events)
    // Chromium's own time is 3 seconds. A busy machine may be late, never early.
    expect(waited, `${says}: waited`).toBeGreaterThan((retry ?? 3000) - 300)
    if (retry !== undefined && retry < 100) expect(waited, `${says}: waited`).toBeLessThan(2000)
  }
})
