/** What real servers sent, kept as `curl -i` writes it, for tests that need no server and for pages that show it. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { concat } from '../../checks/wire/bytes.ts'
import { Sending } from '../inspect/ask.ts'
import { BlockCutter } from '../inspect/blocks.ts'
import type { Options } from '../inspect/options.ts'
import { headBytes } from '../inspect/playground.ts'
import { record } from '../inspect/recording.ts'
import { root } from '../project/paths.ts'
import type { Peer } from './peer.ts'

const folder = join(root, 'workshop/inspect/recorded')

/** Records whole messages alone. Of a server that sends no head there is nothing to keep. */
export async function recordPeer(peer: Peer, { from, ms, events }: Options): Promise<void> {
  if (from === 'stdin' || 'file' in from) throw new Error('a server has an address')
  const { signal } = new AbortController()
  const recording = await record((listener) => Sending.start(from, listener, signal), { ms, events }, signal)
  const { head, bytes } = recording
  if (!head) return
  mkdirSync(folder, { recursive: true })
  const begin = `${slugOf(peer)}@`
  for (const old of readdirSync(folder)) if (old.startsWith(begin)) rmSync(join(folder, old))
  const body = concat(new BlockCutter().feed(bytes, false))
  writeFileSync(join(folder, recordedName(peer)), concat([headBytes(head), body]))
}

/** `hono@4.13.19.txt`: the name of a server's file, with the version of the first of its packages. */
export function recordedName(peer: Peer): string {
  const [first = ''] = peer.packages
  return `${slugOf(peer)}@${first.slice(first.lastIndexOf('@') + 1)}.txt`
}

/** A server's name, for a file. */
export function slugOf({ name }: Peer): string {
  return name.replaceAll(/[ ,/]+/g, '-')
}
