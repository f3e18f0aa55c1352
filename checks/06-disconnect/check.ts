import { lesson } from '../support/lesson.ts'
import { once } from '../support/once.ts'
import { swallowedFailure } from '../support/server/death.ts'
import type { Call } from '../support/server/types.ts'
import { EVENT_MS, openClock, receivesMore } from '../support/traffic/clock.ts'
import { eventsOf } from '../support/traffic/events.ts'
import { type Departure, leakOf, watchDepartures } from './departures.ts'
import manifest from './manifest.ts'

/** As many streams as one browser may well have open to one server. */
const STREAMS = 30

/** A server that a client's leaving ends has ended after this many milliseconds. */
const SHOCK_MS = 50

/** Where the learner's code writes its messages. */
const WRITTEN: Call = { call: 'write', path: '/events' }

/** Clients come and leave once; each check looks at something else of what they left. */
const watched = once(watchDepartures)

await lesson(manifest, (check) => {
  check('many-streams', async (context) => {
    const client = await context.connect()
    const streams = Array.from({ length: STREAMS }, () => client.get('/events'))
    const received = await Promise.all(streams.map((stream) => receivesMore(stream, 3)))
    const expected = `${STREAMS} streams on one connection that all stay open and receive messages`
    const ended = streams.filter(({ over }) => over)
    if (ended.length > 0) {
      const received = `${ended.length} of them ended`
      context.fail({ expected, received, fault: 'ended', at: { call: 'end', path: '/events' } })
    }
    const silent = received.filter((received) => !received)
    if (silent.length === 0) return
    const few = Math.min(...streams.map((stream) => eventsOf(stream).length))
    const got = `${silent.length} of them got ${few} messages or a few more`
    context.fail({ expected, received: got, at: WRITTEN })
  })

  check('survives', async (context) => {
    await watched(context)
    const crash = context.shared?.crash
    if (await context.shared?.diedWithin(SHOCK_MS)) throw new Error('the server ended')
    if (crash) context.fail(swallowedFailure(crash))
  })

  check('others', async (context) => {
    const client = await context.connect()
    const first = await openClock(context, client)
    const leaving = await openClock(context, client)
    const last = await openClock(context, client)
    leaving.reset()
    await leaving.done
    for (const [stayer, name] of [
      [first, 'who came before'],
      [last, 'who came after'],
    ] as const) {
      if (await receivesMore(stayer, 3)) continue
      const expected = `a client ${name} the one that left still receives messages`
      if (stayer.over) context.fail({ expected, received: 'the end of its stream', fault: 'ended' })
      context.fail({ expected, received: `no more messages within ${EVENT_MS / 1000} s`, at: WRITTEN })
    }
    if ((await watched(context)).stays) return
    context.fail({
      expected: 'the client that stays still receives messages',
      received: 'no more messages',
      at: WRITTEN,
    })
  })

  check('timers', async (context) => {
    const { ways } = await watched(context)
    const leak = ways.find(isLeak('timers'))
    if (!leak) return
    context.fail({
      expected: `no timer left of ${leak.clients} clients that ${leak.way}`,
      received: `${leak.timers} timers that still run`,
      fault: ways.every(isLeak('timers')) ? undefined : 'some',
      at: WRITTEN,
    })
  })

  check('late-writes', async (context) => {
    const { ways, laterWrites, lateAt: at } = await watched(context)
    const expected = 'no write to a stream after its client has left'
    if (laterWrites > 0) {
      context.fail({ expected, received: `${laterWrites} writes during the next three ticks`, at })
    }
    const farewell = ways.find(isLeak('lateWrites'))
    if (!farewell) return
    context.fail({
      expected,
      received: `${farewell.lateWrites} writes for ${farewell.clients} clients that ${farewell.way}`,
      fault: 'farewell',
      at,
    })
  })

  check('listeners', async (context) => {
    const { ways, sessions } = await watched(context)
    const leak = ways.find(isLeak('listeners'))
    if (leak) {
      context.fail({
        expected: `no listener left of ${leak.clients} clients that ${leak.way}`,
        received: `${leak.listeners} listeners that are still there`,
      })
    }
    const kept = ways.find(isLeak('closedStreams'))
    if (!kept && sessions.kept > sessions.ended / 2) {
      context.fail({
        expected: `nothing left of ${sessions.ended} connections that have ended`,
        received: `${sessions.kept} of them, closed and still in memory`,
        fault: 'sessions',
      })
    }
    if (!kept) return
    context.fail({
      expected: `nothing left of ${kept.clients} clients that ${kept.way}`,
      received: `${kept.closedStreams} of their streams, closed and still in memory`,
      fault: 'kept',
    })
  })
})

type Count = 'timers' | 'listeners' | 'closedStreams' | 'lateWrites'

function isLeak(count: Count) {
  return (departure: Departure) => departure[count] > leakOf(departure.clients)
}
