/** The linter's rules about a stream as a whole. */

import { FIELD_NAMES } from './field-names.ts'
import type { Block, FieldLine, Wire, WireLine } from './read.ts'
import { ending, type Spot } from './spot.ts'

/** An HTML page in place of a stream: seen in the first line that is not blank. */
export function htmlSpot(wire: Wire): Spot | undefined {
  const line = linesOf(wire).find(({ kind }) => kind !== 'blank')
  if (!line || !/^\s*<(!doctype|html)\b/i.test(line.text)) return undefined
  return { code: 'html-instead', line, wrongAt: 0, should: `data: …${ending(line)}` }
}

/** The lines of someone who writes HTTP/1.1's chunk sizes by hand: `b␍␊data: hello␊␊␍␊`. */
export function chunkSizeSpots(wire: Wire): Spot[] {
  const lines = linesOf(wire)
  const spots: Spot[] = []
  lines.forEach((line, index) => {
    const next = lines[index + 1]
    if (!isHexLine(line)) return
    const isLastChunk = Number.parseInt(line.text, 16) === 0 && spots.length > 0
    if (!isLastChunk && !measuresChunk(line, wire.bytes) && !startsLine(next)) return
    const should = next ? next.text + ending(next) : ''
    spots.push({ code: 'http-chunk-framing', line, wrongAt: 0, should })
  })
  return spots
}

/** The first line that ends in CR alone, when other lines end otherwise. */
export function loneCrSpot(wire: Wire, complete: boolean): Spot[] {
  const lines = linesOf(wire)
  // The stream's last byte may be the first half of a CRLF.
  const settled = complete ? lines : lines.filter((line) => line.end !== 'cr' || line !== lines.at(-1))
  const line = settled.find(({ end }) => end === 'cr')
  if (!line || settled.every(({ end }) => end === 'cr' || end === 'none')) return []
  return [{ code: 'lone-cr', line, wrongAt: line.raw.length - 1, should: `${line.text}\n` }]
}

/**
 * Texts whose line ends became the stream's: a data line with a text's first line, then the rest of it, bare.
 */
export function smuggledSpots(wire: Wire, sent: readonly string[]): Spot[] {
  const texts = sent.map((text) => text.split(LINE_END))
  const whole = new Set(texts.map((pieces) => pieces.join('\n')))
  const blockOf = new Map(wire.blocks.flatMap((block) => block.lines.map((line) => [line, block] as const)))
  const lines = linesOf(wire)
  return lines.flatMap((line, index) => {
    const next = lines[index + 1]
    const block = blockOf.get(line)
    if (!isData(line) || !next || !block || whole.has(dataOf(block))) return []
    const isSmuggled = texts.some(([first, ...rest]) => {
      // Blank lines stand between messages anyway: it takes a line with something in it to tell.
      const telling = rest.findIndex((piece) => piece !== '') + 1
      const bare = rest.slice(0, telling)
      return (
        telling > 0 && line.value === first && bare.every((piece, i) => lines[index + 1 + i]?.text === piece)
      )
    })
    const should = `data: ${next.text}${ending(next)}`
    return isSmuggled ? [{ code: 'smuggled-line-end' as const, line: next, wrongAt: 0, should }] : []
  })
}

function linesOf(wire: Wire): WireLine[] {
  return wire.blocks.flatMap((block) => block.lines)
}

function isHexLine(line: WireLine): boolean {
  return line.end === 'crlf' && /^[0-9a-f]{1,8}$/i.test(line.text)
}

function measuresChunk(line: WireLine, bytes: Uint8Array): boolean {
  const size = Number.parseInt(line.text, 16)
  const end = line.offset + line.raw.length + size
  return size > 0 && bytes[end] === 0x0d && bytes[end + 1] === 0x0a
}

function startsLine(line: WireLine | undefined): boolean {
  return line?.kind === 'comment' || (line?.kind === 'field' && FIELD_NAMES.has(line.name))
}

function isData(line: WireLine): line is FieldLine {
  return line.kind === 'field' && line.name === 'data'
}

function dataOf(block: Block): string {
  return block.lines
    .filter(isData)
    .map(({ value }) => value)
    .join('\n')
}

const LINE_END = /\r\n|\n|\r/
