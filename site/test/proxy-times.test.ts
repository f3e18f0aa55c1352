/** The page "Behind a proxy": how long a proxy waits for a byte, with a heartbeat and without. */
import { constants } from 'node:http2'
import { describe, expect, test } from 'vitest'
import { connect } from '../../checks/support/client/client.ts'
import type { Exchange } from '../../checks/support/client/exchange.ts'
import { haproxy, isInstalled, nginx, ProxyProgram } from './proxy-program.ts'
import { PATIENCE_MS, serversOf, shows, start } from './proxy-server.ts'

/** How long the proxy waits for a byte here, in milliseconds, and how often the server sends a comment. */
const READ_TIMEOUT_MS = 2000
const HEARTBEAT_MS = 200

/** The proxy began to count before the event was seen here, in milliseconds. */
const LEEWAY_MS = 500

describe.each([
  { kind: nginx, endsCleanly: false },
  { kind: haproxy, endsCleanly: true },
])('the time-out of $kind.program', ({ kind, endsCleanly }) => {
  const isThere = isInstalled(kind)
  const short = { '60s': `${READ_TIMEOUT_MS / 1000}s` }

  test.runIf(isThere)('does not come, as long as there is a heartbeat', async () => {
    await using server = await start({ HEARTBEAT_MS: String(HEARTBEAT_MS) })
    await using proxy = await ProxyProgram.start(kind, { ...serversOf(server, kind), ...short })
    await using client = await connect(proxy.origin)
    const events = client.get('/events')
    const isLate = ({ chunks }: Exchange) => (chunks.at(-1)?.at ?? 0) > 2.5 * READ_TIMEOUT_MS
    expect(await events.until(isLate, PATIENCE_MS)).toBe(true)
    expect(events.text.match(/: still here\n\n/g)?.length).toBeGreaterThan(10)
  })

  test.runIf(isThere)('ends a silent stream', async () => {
    await using server = await start({ HEARTBEAT_MS: '600000' })
    await using proxy = await ProxyProgram.start(kind, { ...serversOf(server, kind), ...short })
    await using client = await connect(proxy.origin)
    const events = client.get('/events')
    await shows(events, 'event: welcome')
    const begun = performance.now()
    await events.done
    expect(performance.now() - begun).toBeGreaterThan(READ_TIMEOUT_MS - LEEWAY_MS)
    expect(events.ended).toBe(endsCleanly)
    expect(events.resetCode).toBe(endsCleanly ? undefined : constants.NGHTTP2_INTERNAL_ERROR)
  })
})
