/** What one block of an event stream can say: WHATWG HTML § 9.2.6. */
export interface Fields {
  /** The name under which the page listens; without one it is message. */
  event?: string
  /** What the browser sends as Last-Event-ID when it comes back. */
  id?: string
  /** How long the browser waits before it comes back, in milliseconds. */
  retry?: number
  /** The text, in as many lines as it has. */
  data?: string
  /** A remark that no page sees. */
  comment?: string
}

/**
 * Writes a block: its fields, then the blank line that ends it.
 *
 * @throws TypeError when a value would break out of its line, or would be ignored by the browser
 */
export function encode({ event, id, retry, data, comment }: Fields): string {
  let block = ''
  if (comment !== undefined) block += linesOf('', comment)
  if (event !== undefined) block += `event: ${oneLine(event)}\n`
  if (id !== undefined) block += `id: ${oneLine(id)}\n`
  if (retry !== undefined) block += `retry: ${milliseconds(retry)}\n`
  if (data !== undefined) block += linesOf('data', data)
  return `${block}\n`
}

/** A field for each line of the text. The browser puts them together again, with a line feed between two. */
function linesOf(field: string, text: string): string {
  const lines = text.split(/\r\n|\r|\n/)
  return lines.map((line) => `${field}: ${line}\n`).join('')
}

function oneLine(value: string): string {
  if (/[\r\n\0]/.test(value)) throw new TypeError(`Not one line: ${JSON.stringify(value)}`)
  return value
}

function milliseconds(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`Not a number of milliseconds: ${value}`)
  return value
}
