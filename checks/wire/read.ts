/**
 * Raw bytes of an event stream → its lines and blocks, with nothing lost (WHATWG HTML § 9.2.5 and § 9.2.6).
 * Pure; runs in browsers too.
 */

import { decode } from './bytes.ts'

/** `none`: the bytes end before the line does. A CR that is the last byte counts as `cr`. */
export type LineEnd = 'lf' | 'cr' | 'crlf' | 'none'

interface Line {
  /** Counts from 1. */
  number: number
  /** Where the line begins, in bytes from the start of the stream, a BOM included. */
  offset: number
  /** The line as it came, with its line end. */
  raw: Uint8Array
  /** The line decoded, without its line end. */
  text: string
  end: LineEnd
}

/** An empty line: it ends a block. */
export interface BlankLine extends Line {
  kind: 'blank'
}

/** A line that begins with a colon; `value` lacks the colon and one space after it. */
export interface CommentLine extends Line {
  kind: 'comment'
  value: string
}

/** Any other line, also one that nobody would call a field: the standard has no syntax errors. */
export interface FieldLine extends Line {
  kind: 'field'
  /** What stands before the first colon, or the whole line. */
  name: string
  /** What stands after the first colon and one space, or the empty string. */
  value: string
  /** False for a line without a colon. */
  colon: boolean
  /** Where the value begins, in bytes from the start of the stream. */
  valueOffset: number
}

export type WireLine = BlankLine | CommentLine | FieldLine

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

export interface Wire {
  /** Everything that came. */
  bytes: Uint8Array
  /** Whether the stream begins with a byte order mark, which the parser skips. It belongs to no line. */
  bom: boolean
  blocks: Block[]
}

const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const COLON = 0x3a
const BOM = [0xef, 0xbb, 0xbf]

/**
 * Reads an event stream line by line, as § 9.2.6 does, and keeps everything: the BOM and every line's `raw`,
 * joined, are `bytes` again. The `raw` arrays are views of `bytes`. There is no input that it refuses.
 */
export function readWire(bytes: Uint8Array): Wire {
  const bom = BOM.every((byte, index) => bytes[index] === byte)
  const blocks: Block[] = []
  let lines: WireLine[] = []
  for (const line of readLines(bytes, bom ? BOM.length : 0)) {
    lines.push(line)
    if (line.kind !== 'blank') continue
    blocks.push(block(lines))
    lines = []
  }
  if (lines.length > 0) blocks.push(block(lines))
  return { bytes, bom, blocks }
}

function* readLines(bytes: Uint8Array, start: number): Generator<WireLine> {
  let offset = start
  for (let number = 1; offset < bytes.length; number++) {
    const length = contentLength(bytes, offset)
    const end = lineEnd(bytes, offset + length)
    const next = offset + length + END_LENGTH[end]
    const content = bytes.subarray(offset, offset + length)
    yield classify({ number, offset, raw: bytes.subarray(offset, next), text: decode(content), end }, content)
    offset = next
  }
}

function contentLength(bytes: Uint8Array, offset: number): number {
  let index = offset
  while (index < bytes.length && bytes[index] !== LF && bytes[index] !== CR) index++
  return index - offset
}

function lineEnd(bytes: Uint8Array, index: number): LineEnd {
  if (index === bytes.length) return 'none'
  if (bytes[index] === LF) return 'lf'
  return bytes[index + 1] === LF ? 'crlf' : 'cr'
}

function classify(line: Line, content: Uint8Array): WireLine {
  if (content.length === 0) return { ...line, kind: 'blank' }
  const colonAt = content.indexOf(COLON)
  if (colonAt === -1) {
    const valueOffset = line.offset + content.length
    return { ...line, kind: 'field', name: line.text, value: '', colon: false, valueOffset }
  }
  const valueAt = colonAt + (content[colonAt + 1] === SPACE ? 2 : 1)
  // Bytes and characters are counted apart: a name may hold characters of several bytes.
  const name = line.text.slice(0, line.text.indexOf(':'))
  const value = line.text.slice(name.length + valueAt - colonAt)
  if (colonAt === 0) return { ...line, kind: 'comment', value }
  return { ...line, kind: 'field', name, value, colon: true, valueOffset: line.offset + valueAt }
}

function block(lines: WireLine[]): Block {
  const finished = lines.at(-1)?.kind === 'blank'
  return {
    lines,
    offset: lines[0]?.offset ?? 0,
    length: lines.reduce((length, line) => length + line.raw.length, 0),
    finished,
    dispatches: finished && lines.some((line) => line.kind === 'field' && line.name === 'data'),
  }
}

const END_LENGTH: Record<LineEnd, number> = { lf: 1, cr: 1, crlf: 2, none: 0 }
