/** The time in a message, byte by byte: ECMAScript § 21.4.1.32, as `toISOString()` writes it. */

import { type ByteExcerpt, concat, excerpt } from '../wire/bytes.ts'
import { type Finding, lint } from '../wire/lint.ts'
import { type FieldLine, readWire } from '../wire/read.ts'

/** Whether a text is what `toISOString()` writes for some time. */
export function isIsoTime(text: string): boolean {
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString() === text
}

/** Which words of `time` are about data that is no time; undefined for those that fit all. */
export function timeFault(data: string): 'several' | 'quotes' | 'space' | undefined {
  if (data.includes('\n')) return 'several'
  if (data.includes('${')) return 'quotes'
  return isIsoTime(data.trim()) ? 'space' : undefined
}

/**
 * The first data line of a stream's message number `index`, with the first byte marked that is not right for an ISO
 * time. The right line shows `now`.
 */
export function markTime(bytes: Uint8Array, index: number, now: Date): ByteExcerpt | undefined {
  const [line] = dataLines(bytes, index)
  if (!line) return
  const right = [...line.value].findIndex((character, i) => !fits(character, PATTERN[i]))
  const before = [...line.value].slice(0, right < 0 ? undefined : right).join('')
  const wrongAt = line.valueOffset - line.offset + new TextEncoder().encode(before).length
  return excerpt({ line: line.raw, wrongAt, should: `data: ${now.toISOString()}\n` })
}

/** What the linter holds suspicious in the data of a stream's message number `index`, whatever else is in the stream. */
export function dataWarning(bytes: Uint8Array, index: number): Finding | undefined {
  const alone = concat([...dataLines(bytes, index).map(({ raw }) => raw), Uint8Array.of(LF)])
  return lint(alone, { complete: true }).find(({ severity }) => severity === 'warning')
}

/** How far a time is from another, in words: `3 s behind`, `60 minutes ahead`, `12 days behind`. */
export function distance(time: number, now: number): string {
  const seconds = Math.abs(time - now) / 1000
  const [amount, unit] =
    seconds < 120
      ? [seconds, 's']
      : seconds < 2 * 86_400
        ? [seconds / 60, 'minutes']
        : [seconds / 86_400, 'days']
  return `${Math.round(amount)} ${unit} ${time < now ? 'behind' : 'ahead'}`
}

function dataLines(bytes: Uint8Array, index: number): FieldLine[] {
  const block = readWire(bytes).blocks.filter(({ dispatches }) => dispatches)[index]
  return block?.lines.filter((line): line is FieldLine => line.kind === 'field' && line.name === 'data') ?? []
}

function fits(character: string, pattern: string | undefined): boolean {
  return pattern === '0' ? /[0-9]/.test(character) : character === pattern
}

const LF = 0x0a

const PATTERN = '0000-00-00T00:00:00.000Z'
