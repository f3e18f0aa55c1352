/** The text that came beside the text that should have come. Pure. */
import { type ByteExcerpt, excerpt } from '../wire/bytes.ts'
import type { Fields } from './calls.ts'

/** Shows where a text stops being like the right one, which is spelt as the text is: there are many right ones. */
export function compare(blocks: readonly Fields[], text: string): ByteExcerpt {
  const should = rightText(blocks, text)
  const encoder = new TextEncoder()
  const common = text.slice(0, commonLength(should, text)).replace(/[\ud800-\udbff]$/, '')
  return excerpt({ line: encoder.encode(text), wrongAt: encoder.encode(common).length, should })
}

/** What `encode` should have given, spelt as what it gave. */
export function rightText(blocks: readonly Fields[], text: string): string {
  const spelling = spellingOf(text)
  return blocks.map((fields) => spell(fields, spelling)).join('')
}

interface Spelling {
  lineEnd: string
  /** Whether a space follows each colon, also where none is needed. */
  spaced: boolean
  order: readonly (keyof Fields)[]
}

/** The order in which most people write them. */
const ORDER = ['comment', 'event', 'id', 'retry', 'data'] as const

function spellingOf(text: string): Spelling {
  const placeOf = (name: keyof Fields) => text.search(new RegExp(`^${fieldOf(name)}:`, 'm'))
  // A field that is missing belongs before the first of those that most people write after it.
  const places = ORDER.map((name, i) => {
    const [next = text.length] = ORDER.slice(i)
      .map(placeOf)
      .filter((place) => place >= 0)
    return { name, next }
  })
  return {
    lineEnd: /(\r\n|\r|\n)$/.exec(text)?.[0] ?? '\n',
    spaced: !/^(event|id|retry|data)?:[^ \r\n]/m.test(text),
    order: places.toSorted((a, b) => a.next - b.next).map(({ name }) => name),
  }
}

function spell(fields: Fields, { lineEnd, spaced, order }: Spelling): string {
  const lines = order.flatMap((name) => {
    const value = fields[name]
    if (value === undefined) return []
    const values = `${value}`.toWellFormed().split(/\r\n|\r|\n/)
    return values.map((value) => `${fieldOf(name)}:${spaced || value.startsWith(' ') ? ' ' : ''}${value}`)
  })
  return [...lines, ''].map((line) => line + lineEnd).join('')
}

/** What stands before the colon. */
function fieldOf(name: keyof Fields): string {
  return name === 'comment' ? '' : name
}

function commonLength(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  for (let i = 0; i < length; i++) if (one[i] !== other[i]) return i
  return length
}
