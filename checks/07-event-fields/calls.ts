/** Calls of the learner's `encode`, as they are made and as they are shown: one text is both. Pure. */

/** What `encode` takes: the fields of one block. */
export interface Fields {
  event?: string
  id?: string
  retry?: number
  data?: string
  comment?: string
}

/** `encode({ id: '1', data: 'a\nb' })`; of several blocks, one call after the other, their texts put together. */
export function callOf(blocks: readonly Fields[]): string {
  return blocks.map((fields) => `encode(${literal(fields)})`).join(' + ')
}

function literal(fields: Fields): string {
  const pairs = Object.entries(fields).map(([name, value]) => `${name}: ${written(value)}`)
  return pairs.length > 0 ? `{ ${pairs.join(', ')} }` : '{}'
}

function written(value: string | number | undefined): string {
  return typeof value === 'string' ? quoted(value) : String(value)
}

/** A text as JavaScript has it, whatever is in it: `'a\nb'`; of a long one that says the same again, `'ab'.repeat(500)`. */
export function quoted(text: string): string {
  for (const length of text.length > LONG ? [1, 2] : []) {
    const unit = text.slice(0, length)
    if (unit.repeat(text.length / length) === text) return `${quoted(unit)}.repeat(${text.length / length})`
  }
  return `'${text.replace(/[\\'\p{C}\p{Zl}\p{Zp}]/gu, escaped)}'`
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return ESCAPES[character] ?? `\\u{${code.toString(16)}}`
}

const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** A text of more characters than this is not written down where there is another way. */
const LONG = 200
