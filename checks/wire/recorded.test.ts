import { describe, expect, test } from 'vitest'
import { type Finding, lint } from './lint.ts'
import { parseEvents } from './parse.ts'
import { RIGHT, WRONG } from './recorded.ts'
import { vectorBytes } from './vectors.ts'

const isFault = ({ severity }: Finding) => severity !== 'note'

describe('a right stream of a real server has no error and no warning', () => {
  test.each(RIGHT)('$from', (recorded) => {
    const bytes = vectorBytes(recorded)
    const findings = lint(bytes, { complete: true })
    expect(findings.map(({ code }) => code)).toEqual(recorded.finds)
    expect(findings.filter(isFault)).toEqual([])
    expect(parseEvents(bytes).events).not.toEqual([])
  })

  test.each(RIGHT)('nor has any beginning of it: $from', (recorded) => {
    const bytes = vectorBytes(recorded)
    for (let length = 0; length < bytes.length; length++) {
      expect(lint(bytes.subarray(0, length), { complete: false }).filter(isFault)).toEqual([])
    }
  })
})

describe('what is wrong in others is named', () => {
  test.each(WRONG)('$from', (recorded) => {
    const findings = lint(vectorBytes(recorded), { complete: true })
    expect(findings.map(({ code }) => code)).toEqual(recorded.finds)
    expect(findings.some(isFault)).toBe(true)
  })
})
