/**
 * Raw bytes of an event stream → its lines and blocks, with nothing lost (WHATWG HTML § 9.2.5 and § 9.2.6).
 * Pure; runs in browsers too.
 */

import { hasBom, LineReader, type Source, sourceOf, type WireLine } from './lines.ts'

export type { FieldLine, Source, WireLine } from './lines.ts'

/** Lines up to and with the blank line that ends them. */
export interface Block {
  lines: WireLine[]
  /** In bytes from the start of the stream. */
  offset: number
  /** In bytes. */
  length: number
  /** Whether its blank line came. Only the last block may lack it. */
  finished: boolean
  /** Whether an event comes of it: finished, with a `data` field. */
  dispatches: boolean
}

export interface Wire extends Source {
  /** Whether the stream begins with a byte order mark, which the parser skips. It belongs to no line. */
  bom: boolean
  blocks: Block[]
}

/**
 * Reads an event stream line by line, as § 9.2.6 does, and keeps everything: the BOM and every line's `raw`,
 * joined, are `bytes` again. The `raw` arrays are views of `bytes`. There is no input that it refuses.
 *
 * A stream may hold millions of lines, which take a hundred times its size: a `LineReader` keeps none.
 */
export function readWire(bytes: Uint8Array): Wire {
  const source = sourceOf(bytes)
  const reader = new LineReader(source)
  const blocks: Block[] = []
  let lines: WireLine[] = []
  for (let line = reader.next(); line; line = reader.next()) {
    lines.push(line)
    if (line.kind !== 'blank') continue
    blocks.push(block(lines))
    lines = []
  }
  if (lines.length > 0) blocks.push(block(lines))
  return { ...source, bom: hasBom(source), blocks }
}

function block(lines: WireLine[]): Block {
  const finished = lines.at(-1)?.kind === 'blank'
  return {
    lines,
    offset: lines[0]?.offset ?? 0,
    length: lines.reduce((length, line) => length + line.length, 0),
    finished,
    dispatches: finished && lines.some((line) => line.kind === 'field' && line.name === 'data'),
  }
}
