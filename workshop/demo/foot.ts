/** What goes on beside the stream, in a sentence each: below the connections on the demo's screen. */
import type { DeadClientSight } from './dead-client.ts'
import type { FrozenClientSight } from './frozen-client.ts'
import type { Departure } from './stage.ts'
import type { DemoState } from './state.ts'

export function footTexts({ isSlow, isPaused, dead, frozen, now, notice }: DemoState): string[] {
  return [
    ...(dead ? [deadText(dead, now)] : []),
    ...(frozen ? [frozenText(frozen)] : []),
    ...(isPaused ? ['The screen is paused; the connections go on.'] : []),
    ...(isSlow ? ['The network is slow: 60 bytes a second.'] : []),
    ...(notice ? [notice] : []),
  ]
}

export function secondsOf(ms: number): number {
  return Math.max(0, Math.round(ms / 1000))
}

/** How a server ended that was sent SIGTERM. */
export function farewellText({ ms, exit: { code, signal } }: Departure): string {
  const how = code === null ? `by ${signal}: it said nothing to anyone` : `with exit code ${code}`
  return `SIGTERM: the old process ended after ${(ms / 1000).toFixed(2)} s, ${how}.`
}

/** What the servers of a lesson share, and where to look at it. */
export function sharedText(redisUrl: string | undefined): string {
  if (!redisUrl)
    return 'No Redis here: one server, with its log in memory. npm run doctor tells how to get one.'
  const { hostname, port } = new URL(redisUrl)
  return `Two servers, one log: redis-cli -h ${hostname} -p ${port || 6379} XRANGE sse:events - +`
}

function deadText({ since, pings, endedAt }: DeadClientSight, now: number): string {
  const came = pings === 0 ? 'no PING yet' : `${pings} PING${pings === 1 ? '' : 's'} unanswered`
  if (endedAt === undefined) return `The dead client: open for ${secondsOf(now - since)} s, ${came}.`
  return `The server ended the dead client after ${((endedAt - since) / 1000).toFixed(1)} s.`
}

function frozenText({ stage, inWindow, inMemory, most, sent, received }: FrozenClientSight): string {
  const places = `${inWindow} bytes in its window, ${inMemory} in the server's memory`
  if (stage === 'asleep') return `The frozen client: ${places}.`
  if (stage === 'never evicted') return `The frozen client is kept for ever: ${places}.`
  const evicted = `The server let go of the frozen client at ${most} bytes.`
  if (stage === 'evicted') return `${evicted} It has its last id.`
  const isRight = received.join() === sent.join()
  const has = isRight
    ? `all ${sent.length} messages, each once`
    : `${received.length} of ${sent.length} messages`
  return `${evicted} It is back, and has ${has}.`
}
