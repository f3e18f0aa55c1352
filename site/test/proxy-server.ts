/** The finished server of lesson 13, to put a proxy before. */
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Exchange } from '../../checks/support/client/exchange.ts'
import type { LearnerServer } from '../../checks/support/server/server.ts'
import { startServer } from '../../checks/support/server/start.ts'
import type { ProxyKind } from './proxy-program.ts'

/** What is waited for at most, in milliseconds, on a busy machine. */
export const PATIENCE_MS = 20_000

const root = join(import.meta.dirname, '..', '..')
const program = { root, folder: join(root, 'solutions/13-shutdown'), entry: 'server.ts' }

/** Starts it without its clock. */
export function start(env: Record<string, string> = {}, port?: number): Promise<LearnerServer> {
  return startServer({ ...program, port, env: { TICK_MS: '0', ...env } })
}

/** Which ports stand in a proxy's file for its servers, and which of them they are here. */
export function serversOf(
  { port }: LearnerServer,
  { file }: ProxyKind,
  spare = port,
): Record<string, string> {
  return { 8080: String(port), ...(file === 'nginx.conf' && { 8081: String(spare) }) }
}

/** Waits until a text has come. */
export async function shows(events: Exchange, text: string): Promise<void> {
  expect(await events.until((events) => events.text.includes(text), PATIENCE_MS), text).toBe(true)
}
