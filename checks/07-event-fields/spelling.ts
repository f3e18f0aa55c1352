/** The text that came beside the text that should have come. Pure. */
import { type ByteExcerpt, excerpt } from '../wire/bytes.ts'
import type { Fields } from './calls.ts'

interface Spelling {
  lineEnd: string
  /** Whether a space follows each colon, also where none is needed. */
  spaced: boolean
  order: readonly (keyof Fields)[]
}

/** Shows where a text stops being like a right one. Of those there are many: it is the one that it is like the longest. */
export function compare(blocks: readonly Fields[], text: string): ByteExcerpt {
  const rights = spellings(blocks).map((spelling) => blocks.map((fields) => spell(fields, spelling)).join(''))
  const [should = ''] = rights.toSorted((a, b) => commonLength(b, text) - commonLength(a, text))
  const encoder = new TextEncoder()
  const common = text.slice(0, commonLength(should, text)).replace(/[\ud800-\udbff]$/, '')
  return excerpt({ line: encoder.encode(text), wrongAt: encoder.encode(common).length, should })
}

function spellings(blocks: readonly Fields[]): Spelling[] {
  const names = FIELDS.filter((name) => blocks.some((fields) => fields[name] !== undefined))
  return ['\n', '\r\n', '\r'].flatMap((lineEnd) =>
    [true, false].flatMap((spaced) => ordersOf(names).map((order) => ({ lineEnd, spaced, order }))),
  )
}

function spell(fields: Fields, { lineEnd, spaced, order }: Spelling): string {
  const lines = order.flatMap((name) => {
    const value = fields[name]
    if (value === undefined) return []
    const values = `${value}`.toWellFormed().split(/\r\n|\r|\n/)
    const field = name === 'comment' ? '' : name
    return values.map((value) => `${field}:${spaced || value.startsWith(' ') ? ' ' : ''}${value}`)
  })
  return [...lines, ''].map((line) => line + lineEnd).join('')
}

/** The order in which most people write them comes first. */
const FIELDS = ['comment', 'event', 'id', 'retry', 'data'] as const

function ordersOf<T>(names: readonly T[]): T[][] {
  if (names.length === 0) return [[]]
  return names.flatMap((first) =>
    ordersOf(names.filter((name) => name !== first)).map((rest) => [first, ...rest]),
  )
}

function commonLength(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  for (let i = 0; i < length; i++) if (one[i] !== other[i]) return i
  return length
}
