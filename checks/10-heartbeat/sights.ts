/** What a client saw on its event stream, in order: comments and events, each with its time. */
import type { Exchange } from '../support/client/exchange.ts'
import { type Block, readWire, type WireLine } from '../wire/read.ts'

export interface Sight {
  kind: 'comment' | 'event'
  /** When the last of it had come, by `performance.now()`. */
  at: number
  /** An event's type and data. */
  type: string
  data: string
  /** A comment that stands between the lines of an event. */
  isInside: boolean
}

/** The fields that belong to an event. What `retry` says holds by itself. */
const PARTS: ReadonlySet<string> = new Set(['data', 'event', 'id'])

/**
 * What one stream has brought by now.
 *
 * @param opened when it was asked for, by `performance.now()`
 */
export function sightsOf({ bytes, chunks }: Pick<Exchange, 'bytes' | 'chunks'>, opened = 0): Sight[] {
  const ends = chunks.map(({ bytes }) => bytes.length)
  for (let i = 1; i < ends.length; i++) ends[i] = (ends[i] ?? 0) + (ends[i - 1] ?? 0)
  const when = (offset: number) => opened + (chunks[ends.findIndex((end) => end >= offset)]?.at ?? 0)
  return readWire(bytes).blocks.flatMap((block) => sightsIn(block, when))
}

function sightsIn(block: Block, when: (offset: number) => number): Sight[] {
  const sights: Sight[] = []
  let hasBegun = false
  for (const line of block.lines) {
    if (line.kind === 'field' && PARTS.has(line.name)) hasBegun = block.dispatches
    if (line.kind !== 'comment' || line.end === 'none') continue
    const at = when(line.offset + line.length)
    sights.push({ kind: 'comment', at, type: '', data: line.value, isInside: hasBegun })
  }
  if (!block.dispatches) return sights
  const at = when(block.offset + block.length)
  const type = valuesOf(block.lines, 'event').at(-1) || 'message'
  sights.push({ kind: 'event', at, type, data: valuesOf(block.lines, 'data').join('\n'), isInside: false })
  return sights
}

function valuesOf(lines: readonly WireLine[], name: string): string[] {
  return lines.flatMap((line) => (line.kind === 'field' && line.name === name ? [line.value] : []))
}

export function isComment({ kind }: Sight): boolean {
  return kind === 'comment'
}

export function isMessage({ kind, type }: Sight): boolean {
  return kind === 'event' && type === 'message'
}
