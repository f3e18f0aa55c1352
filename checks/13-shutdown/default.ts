/**
 * How long a server that is not told lets its clients take their leave: 5 seconds, which nobody waits for where it is
 * right. Its timers run ahead, so that a few hundred milliseconds tell.
 */
import { serve } from '../support/server/start.ts'
import type { CheckContext } from '../support/subject.ts'
import { openEvents } from '../support/traffic/events.ts'
import { LONG, SLACK_MS } from './farewell.ts'
import { DEFAULT_MS } from './insistence.ts'
import { publish } from './publish.ts'

/** How much later than at full speed the timers end. What a busy machine makes late it makes less late each time. */
const SLOWNESS = [15, 30, 60]

/** What 5 seconds become at full speed, in milliseconds. Half a minute becomes 42 of them. */
const HURRIED_MS = 17

/** What is surely later than that. */
const LATE = 2

/** What a process needs to end, in milliseconds. */
const ENDING_MS = 150

/** How long the probe may take to answer, in milliseconds. It does so before the program begins. */
const PROBE_MS = 5000

/** Whether a server ended after 5 seconds, or sooner, whose client never lets go. */
export async function endsByDefault(context: CheckContext): Promise<boolean> {
  for (const slowness of SLOWNESS) {
    if (await endsWithin(context, slowness * LATE * HURRIED_MS + ENDING_MS, slowness)) return true
  }
  return await endsWithin(context, DEFAULT_MS + SLACK_MS) // one that looks at the clock can not be hurried
}

async function endsWithin(context: CheckContext, ms: number, slowness = 0): Promise<boolean> {
  const hold = () => {
    const server = context.hold()
    if (slowness > 0) void server.probe.ask('hurry', { slowness }, PROBE_MS)
    return server
  }
  await using server = await serve(hold, { env: { TICK_MS: '0' }, signal: context.signal })
  const client = await context.connect(server.origin)
  const frozen = await openEvents(context, client)
  frozen.pause()
  for (const text of LONG) await publish(context, client, text)
  server.signal('SIGTERM')
  return await server.diedWithin(ms) // before the server is stopped
}
