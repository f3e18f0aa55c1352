/** Ten megabytes of anything are linted and read in a moment: the time grows as the bytes do, the findings do not. */

import { describe, expect, test } from 'vitest'
import { TOLD } from './finding.ts'
import { lint } from './lint.ts'
import { parseEvents } from './parse.ts'
import { readWire } from './read.ts'

const SMALL = 16 * 1024
const TIMES = 16

/** What grew faster than its size once, or could: repeated until there is enough of it. */
const SHAPES: [says: string, stream: (fill: (text: string) => string) => string][] = [
  ['brackets that open and a literal line end', (fill) => `${fill('data: [1,\\n\n')}\n`],
  ['data of one block', (fill) => fill('data: x\n')],
  ['one line', (fill) => `data: ${fill('x')}\n\n`],
  ['one line without a name', (fill) => fill('x: ')],
  ['literal line ends', (fill) => `data: ${fill('\\n')}x\n\n`],
  ['blank lines', (fill) => fill('\n')],
  ['spaces', (fill) => fill(' ')],
  ['lines of spaces', (fill) => fill(' \r')],
  ['open brackets', (fill) => fill('[')],
  ['open brackets in data', (fill) => `data: ${fill('{"a":[')}data:\n\n`],
  ['quotes', (fill) => `data: ${fill('"data:')}\n\n`],
  ['frames in one line', (fill) => `data: ${fill('{}data: ')}\n\n`],
  ['framed twice', (fill) => fill('data: data: x\n')],
  ['JSON line by line', (fill) => fill('{}\n')],
  ['a document', (fill) => `[${fill('{},\n')}{}]`],
  ['pages', (fill) => fill('\n<html>\n')],
  ['lengths of chunks', (fill) => fill('3\r\nabc\r\n')],
  ['half characters', (fill) => fill('data: \uFFFD\n')],
  ['hidden characters', (fill) => `Data: ${fill('\u202e')}\n\n`],
  ['short names', (fill) => fill('ab:\n')],
  ['times', (fill) => fill('data: 2026-01-01T00:00:00Z\n')],
]

function bytesOf(shape: (typeof SHAPES)[number][1], size: number): Uint8Array {
  return new TextEncoder().encode(shape((text) => text.repeat(Math.ceil(size / text.length))))
}

/** The processor's time for a call, in milliseconds. */
function costOf(call: () => void): number {
  const before = process.cpuUsage()
  call()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

describe('time grows as the bytes do', () => {
  test.each(SHAPES)('%s', (_, shape) => {
    const small = bytesOf(shape, SMALL)
    const large = bytesOf(shape, TIMES * SMALL)
    const work = (bytes: Uint8Array) => () => {
      lint(bytes, { complete: true })
      lint(bytes, { complete: false })
      readWire(bytes)
      parseEvents(bytes)
    }
    work(small)()
    // Quadratic growth would take 16 times as much as linear growth. What is over in a moment can't be measured.
    const most = 4 * TIMES * Math.max(costOf(work(small)), 4)
    let cost = Infinity
    for (let attempt = 0; attempt < 3 && cost > most; attempt++) cost = costOf(work(large))
    expect(cost).toBeLessThan(most)
  })
})

test('a hundred thousand faults are a few findings, and a number', () => {
  const stream = new TextEncoder().encode('Data: x\n\nid: \0\n\n'.repeat(50_000))
  const findings = lint(stream, { complete: true })
  expect(findings.map(({ code, line, more }) => [code, line, more])).toEqual([
    ['letter-case', 1, undefined],
    ['id-with-nul', 3, undefined],
    ['letter-case', 5, undefined],
    ['id-with-nul', 7, undefined],
    ['letter-case', 9, 50_000 - TOLD],
    ['id-with-nul', 11, 50_000 - TOLD],
  ])
})

test('warnings and errors of one code are counted apart', () => {
  const stream = new TextEncoder().encode(`${'data: a\\n\n\n'.repeat(9)}event: a\\n\n\n`)
  const findings = lint(stream, { complete: true }).map(({ severity, more }) => [severity, more])
  expect(findings).toEqual([
    ['warning', undefined],
    ['warning', undefined],
    ['warning', 6],
    ['error', undefined],
  ])
})

test('the excerpt of a long line is cut around the caret', () => {
  const stream = new TextEncoder().encode(`id: ${'é\t'.repeat(1_000_000)}\0${'x'.repeat(1_000_000)}\n\n`)
  const [finding] = lint(stream, { complete: true })
  expect(finding).toMatchObject({ code: 'id-with-nul', offset: 4 + 3_000_000 })
  expect(finding?.excerpt).toEqual({
    line: `…${'␉é'.repeat(14)}␉␀${'x'.repeat(28)}…`,
    caret: 30,
    should: `…${'␉é'.repeat(14)}␉${'x'.repeat(29)}…`,
  })
})
