/** What `encode` is called with: inputs that are easy to read first, then arbitrary ones. Pure. */
import fc from 'fast-check'
import type { Fields } from './calls.ts'

/** Inputs of one kind. Each is one block, or several, whose texts are put together. */
export interface Inputs {
  /** The simplest of every way to go wrong that is known, the most common one first. */
  examples: readonly (readonly Fields[])[]
  /** Inputs that nobody thought of. */
  arbitrary: fc.Arbitrary<readonly Fields[]>
}

/** A million characters or so. */
const MANY = 2 ** 20

/** The pieces stand in the order in which one is taken for another that fails as well. */
const text = (...pieces: string[]) =>
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''))

const LETTERS = ['a', 'b', '1', '0', ' ', ':', 'é', '😀', 'data: ', '"', '\\', '%0A', '\\n', '<', '\t']
const LINE_ENDS = ['\n', '\r', '\r\n']
const ODD = ['\0', '\u{d800}', '\u2028', '\u0085', '\ufeff']

const anyText = text(...LETTERS, ...LINE_ENDS, ...ODD)
const oneLine = text(...LETTERS)
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

export const DATA: Inputs = {
  examples: [
    'hello',
    'a\nb',
    'a\rb',
    'a\r\nb',
    '',
    ' a',
    'a ',
    'a\n',
    '\na',
    'a\n\nb',
    'a\n b',
    ':a',
    'a "quoted" \\n',
    'é😀',
    'a\u{d800}b',
    'a'.repeat(MANY),
    'a\n'.repeat(MANY / 16),
  ].map((data) => [{ data }]),
  arbitrary: anyText.map((data) => [{ data }]),
}

export const FIELDS: Inputs = {
  examples: [
    [{ event: 'tick', data: 'a' }],
    [{ id: '1', data: 'a' }],
    [{ retry: 2000 }],
    [{ id: '0', data: 'a' }],
    [{ retry: 0 }],
    [{ event: 'tick', data: '' }],
    [{ event: 'tick', id: '1', retry: 2000, data: 'a\nb' }],
    [{ data: 'a', event: undefined, id: undefined, retry: undefined, comment: undefined }],
    [{ event: 'a' }, { data: 'b' }],
    [{ event: 'a', data: 'b' }, { data: 'c' }],
    [
      { id: '1', data: 'a' },
      { id: '', data: 'b' },
    ],
    [{ event: 'a: b', id: 'c: d', data: 'e' }],
    [{ event: 'é', id: '😀', data: 'a' }],
  ],
  arbitrary: fc.array(
    fc.record(
      {
        data: optional(anyText),
        event: optional(oneLine),
        id: optional(oneLine),
        retry: optional(fc.nat()),
      },
      { requiredKeys: [] },
    ),
    { minLength: 1, maxLength: 3 },
  ),
}

export const COMMENTS: Inputs = {
  examples: [
    [{ comment: 'a' }],
    [{ comment: 'a\ndata: b' }],
    [{ comment: 'a\rdata: b' }],
    [{ comment: 'a\r\nb' }],
    [{ comment: '' }],
    [{ comment: 'a\nb', event: 'tick', data: 'c' }],
    [{ comment: 'a\n\nb', data: 'c' }],
  ],
  arbitrary: fc.record({ comment: anyText, data: optional(anyText) }).map((fields) => [fields]),
}

/** What breaks out of its line, or makes the browser ignore the line. */
export const REFUSED: Inputs = {
  examples: [
    { event: 'a\ndata: b', data: 'c' },
    { id: '1\ndata: b', data: 'c' },
    { event: 'a\rb', data: 'c' },
    { id: '1\r2', data: 'c' },
    { event: 'a\r\nb', data: 'c' },
    { id: '1\n', data: 'c' },
    { id: '1\0', data: 'c' },
    { event: 'a\0', data: 'c' },
    { retry: -1 },
    { retry: 1.5 },
    { retry: NaN },
    { retry: Infinity },
  ].map((fields) => [fields]),
  arbitrary: fc
    .record({ name: fc.constantFrom('event', 'id'), value: text(...LETTERS, ...LINE_ENDS, '\0') })
    .filter(({ value }) => /[\r\n\0]/.test(value))
    .map(({ name, value }) => [{ [name]: value, data: 'c' }]),
}
