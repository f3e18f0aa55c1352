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
  // TODO 1: Write a line for each field that is there, and a data line for each line of data. A blank line ends the block.
  // TODO 2: Throw a TypeError for an event or an id that is not one line, and for a retry that is no whole number.
  return ''
}
