/** What Redis itself tells: which entries a stream has, and who reads. */
import type { Redis } from '../support/server/redis.ts'
import { visible } from '../wire/bytes.ts'

export interface RedisEntry {
  id: string
  fields: Map<string, string>
}

/** All entries of the stream, oldest first; none when the key is no stream. */
export async function entriesOf(redis: Redis, key: string): Promise<RedisEntry[]> {
  if ((await redis.ask('TYPE', key)) !== 'stream') return []
  const found = await redis.ask<[id: string, fields: string[]][]>('XRANGE', key, '-', '+')
  return found.map(([id, flat]) => {
    const fields = new Map<string, string>()
    for (let i = 0; i < flat.length; i += 2) fields.set(flat[i] as string, flat[i + 1] as string)
    return { id, fields }
  })
}

/** The connections that Redis has, without those that were there before the servers. */
export async function clientsOf(redis: Redis): Promise<{ id: string; flags: string; command: string }[]> {
  const own = Number(await redis.ask('CLIENT', 'ID'))
  const list = await redis.ask<string>('CLIENT', 'LIST')
  return list
    .trim()
    .split('\n')
    .map((line) => {
      const {
        id = '',
        flags = '',
        cmd = '',
      } = Object.fromEntries(line.split(' ').map((pair) => pair.split('=') as [string, string]))
      return { id, flags, command: cmd }
    })
    .filter(({ id }) => Number(id) > own)
}

/** Those of them that wait for new entries. */
export async function readersOf(redis: Redis) {
  return (await clientsOf(redis)).filter(
    ({ flags, command }) => flags.includes('b') && /^xread/.test(command),
  )
}

/** The fields of an entry, as a learner reads them: `the field message, "Hello"`. */
export function inWords({ fields }: RedisEntry): string {
  return [...fields].map(([name, value]) => `the field ${name}, "${visible(value)}"`).join(' and ')
}
