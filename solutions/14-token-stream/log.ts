import { randomUUID } from 'node:crypto'
import { encode } from './encode.ts'

/** So many messages are kept. */
const size = Number(process.env.LOG_SIZE ?? 1000)

/** Part of every id: after a restart, an old id must not be taken for a new one. */
const run = randomUUID()
let count = 0

/** The last messages, oldest first. Before them stands the place from which all of them are missed. */
const entries = [{ id: `${run}-0`, block: '' }]

/** Gives a message its id, and keeps it for those who are away. Returns it as it is sent. */
export function append(data: string): string {
  const id = `${run}-${++count}`
  const block = encode({ id, data })
  entries.push({ id, block })
  if (entries.length > size + 1) entries.shift()
  return block
}

/** The id of the newest message. */
export function lastId(): string {
  return `${run}-${count}`
}

/** All that was sent after the message with this id, in order, or undefined where nobody knows what that is. */
export function since(id: string): string[] | undefined {
  const seen = entries.findIndex((entry) => entry.id === id)
  if (seen === -1) return undefined
  return entries.slice(seen + 1).map(({ block }) => block)
}
