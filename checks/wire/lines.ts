/** The lines of an event stream, with nothing lost (WHATWG HTML § 9.2.5 and § 9.2.6). Pure; runs in browsers too. */

import { decode } from './bytes.ts'

/** What lines are read from: bytes, and the same decoded as a whole, which costs far less than line by line. */
export interface Source {
  /** Everything that came. */
  bytes: Uint8Array
  /** The bytes as text; invalid UTF-8 is U+FFFD, and a BOM is kept. Every line end is in both. */
  text: string
}

/** Where a line begins. */
export interface Place {
  /** The number of the line, from 1. */
  number: number
  /** In bytes from the start of the stream, a BOM included. */
  offset: number
  /** In characters of the source's text. */
  index: number
}

/** `none`: the bytes end before the line does. A CR that is the last byte counts as `cr`. */
export type LineEnd = 'lf' | 'cr' | 'crlf' | 'none'

interface AnyLine extends Readonly<Place> {
  /** In bytes, with the line end. */
  readonly length: number
  /** The line as it came, with its line end: a view of the bytes, made when it is asked for. */
  readonly raw: Uint8Array
  /** The line decoded, without its line end. */
  readonly text: string
  readonly end: LineEnd
}

/** An empty line: it ends a block. */
export interface BlankLine extends AnyLine {
  readonly kind: 'blank'
}

/** A line that begins with a colon; `value` lacks the colon and one space after it. */
export interface CommentLine extends AnyLine {
  readonly kind: 'comment'
  readonly value: string
}

/** Any other line, also one that nobody would call a field: the standard has no syntax errors. */
export interface FieldLine extends AnyLine {
  readonly kind: 'field'
  /** What stands before the first colon, or the whole line. */
  readonly name: string
  /** What stands after the first colon and one space, or the empty string. */
  readonly value: string
  /** False for a line without a colon. */
  readonly colon: boolean
  /** Where the value begins, in bytes from the start of the stream. */
  readonly valueOffset: number
}

export type WireLine = BlankLine | CommentLine | FieldLine

export function sourceOf(bytes: Uint8Array): Source {
  return { bytes, text: decode(bytes) }
}

/** Whether a byte order mark comes first: three bytes, one character. */
export function hasBom({ text }: Source): boolean {
  return text.startsWith('\uFEFF')
}

/** Reads line after line and keeps none, so that streams of millions of lines take little memory. */
export class LineReader {
  readonly #source: Source
  #number: number
  #offset: number
  #index: number

  /** @param from where a line begins; by default the first one, behind the BOM */
  constructor(source: Source, from?: Place) {
    const bom = hasBom(source)
    this.#source = source
    this.#number = from?.number ?? 1
    this.#offset = from?.offset ?? (bom ? 3 : 0)
    this.#index = from?.index ?? (bom ? 1 : 0)
  }

  /** The next line, or undefined behind the last one. */
  next(): WireLine | undefined {
    if (this.#offset >= this.#source.bytes.length) return undefined
    const line = new Line(this.#source, this.#number, this.#offset, this.#index)
    this.#number++
    this.#offset += line.length
    this.#index += line.text.length + endLength(line.end)
    return line as WireLine
  }
}

/** Every kind of line in one class: there may be millions, and objects of one shape are the quickest to read. */
class Line {
  readonly number: number
  readonly offset: number
  readonly index: number
  readonly length: number
  readonly text: string
  readonly end: LineEnd
  readonly kind: 'blank' | 'comment' | 'field'
  readonly name: string
  readonly value: string
  readonly colon: boolean
  readonly valueOffset: number
  readonly #bytes: Uint8Array

  constructor({ bytes, text }: Source, number: number, offset: number, index: number) {
    const contentEnd = endOfContent(bytes, offset)
    this.number = number
    this.offset = offset
    this.index = index
    this.text = contentEnd === offset ? '' : text.slice(index, endOfText(text, index))
    this.end = lineEnd(bytes, contentEnd)
    this.length = contentEnd + endLength(this.end) - offset
    this.#bytes = bytes

    const colonAt = this.text === '' ? -1 : this.text.indexOf(':')
    this.kind = this.text === '' ? 'blank' : colonAt === 0 ? 'comment' : 'field'
    this.colon = colonAt >= 0
    if (this.colon) {
      const valueAt = colonAt + (this.text.charCodeAt(colonAt + 1) === SPACE ? 2 : 1)
      this.name = nameIn(this.text, colonAt)
      this.value = this.text.slice(valueAt)
      // Bytes and characters are counted apart: a name may hold characters of several bytes.
      this.valueOffset = bytes.indexOf(COLON, offset) + valueAt - colonAt
    } else {
      this.name = nameIn(this.text, this.text.length)
      this.value = ''
      this.valueOffset = contentEnd
    }
  }

  get raw(): Uint8Array {
    return this.#bytes.subarray(this.offset, this.offset + this.length)
  }
}

/** The index of the line end at or behind `offset`, or of the end of the bytes. */
export function endOfContent(bytes: Uint8Array, offset: number): number {
  let index = offset
  while (index < bytes.length && bytes[index] !== LF && bytes[index] !== CR) index++
  return index
}

/** As `endOfContent`, in a text. */
export function endOfText(text: string, from: number): number {
  let index = from
  while (index < text.length && text.charCodeAt(index) !== LF && text.charCodeAt(index) !== CR) index++
  return index
}

/** What ends the line whose content ends at `index`. */
export function lineEnd(bytes: Uint8Array, index: number): LineEnd {
  if (index === bytes.length) return 'none'
  if (bytes[index] === LF) return 'lf'
  return index + 1 < bytes.length && bytes[index + 1] === LF ? 'crlf' : 'cr'
}

/** How many bytes, and characters, a line end has. */
export function endLength(end: LineEnd): number {
  return end === 'crlf' ? 2 : end === 'none' ? 0 : 1
}

/** The names of fields are the same strings each time, which makes them quick to compare. */
function nameIn(text: string, length: number): string {
  if (length === 4 && text.startsWith('data')) return 'data'
  if (length === 2 && text.startsWith('id')) return 'id'
  if (length === 5 && text.startsWith('event')) return 'event'
  if (length === 5 && text.startsWith('retry')) return 'retry'
  return length === text.length ? text : text.slice(0, length)
}

const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const COLON = 0x3a
