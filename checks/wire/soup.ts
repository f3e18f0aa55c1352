/** Arbitrary event streams for the properties in the tests of the reader, the parser and the linter. */

import fc from 'fast-check'
import { concat } from './bytes.ts'

const encoder = new TextEncoder()

/** Pieces that mean something to a parser, in any order, with some invalid UTF-8 among them. */
export const soup: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      fc
        .constantFrom(
          'data',
          'event',
          'id',
          'retry',
          ':',
          ': ',
          ' ',
          '\n',
          '\r',
          '\r\n',
          '\n\n',
          '0',
          '\0',
          'x',
        )
        .map((text) => encoder.encode(text)),
      fc
        .constantFrom('é', '😀', '\uFEFF', 'ï»¿', 'data: a\n\n', 'id: 1\n', '\\n')
        .map((text) => encoder.encode(text)),
      fc.uint8Array({ minLength: 1, maxLength: 2 }),
    ),
    { maxLength: 60 },
  )
  .map(concat)

/** The same bytes in pieces, cut anywhere, with empty pieces too. */
export function cutAnywhere(bytes: Uint8Array): fc.Arbitrary<Uint8Array[]> {
  return fc.array(fc.nat(bytes.length), { maxLength: 12 }).map((cuts) => {
    const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
    return places.slice(1).map((end, index) => bytes.subarray(places[index], end))
  })
}

/**
 * A correct stream in any spelling: line ends, spaces, order, comments, empty fields. Each write is one
 * block.
 */
export const unusualStream: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.record({
      fields: fc.array(fc.constantFrom('data', 'event', 'id', 'retry', 'comment', 'bare'), {
        minLength: 1,
        maxLength: 6,
      }),
      space: fc.boolean(),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      text: fc
        .string({ unit: 'grapheme', maxLength: 12 })
        .map((text) => JSON.stringify(text).replaceAll(/\\n|\uFFFD/g, '')),
    }),
    { maxLength: 8 },
  )
  .chain((blocks) =>
    fc.boolean().map((bom) => encoder.encode((bom ? '\uFEFF' : '') + blocks.map(spell).join(''))),
  )

function spell(block: { fields: string[]; space: boolean; end: string; text: string }): string {
  const colon = block.space ? ': ' : ':'
  const lines = block.fields.map((field) => {
    if (field === 'bare') return 'data'
    if (field === 'comment') return colon + block.text
    return field + colon + (field === 'retry' ? '250' : block.text)
  })
  return lines.map((line) => line + block.end).join('') + block.end
}
