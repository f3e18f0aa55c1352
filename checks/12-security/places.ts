/** How many streams there may be, and what becomes of the place of one that leaves. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '../support/client/client.ts'
import type { Exchange } from '../support/client/exchange.ts'
import type { Report } from '../support/failure.ts'
import type { LearnerServer } from '../support/server/server.ts'
import type { CheckContext } from '../support/subject.ts'
import { settle } from '../support/traffic/abuse.ts'
import { show } from '../support/traffic/events.ts'
import { come, leave as leaveAll, SESSIONS, WAYS } from '../support/traffic/leaving.ts'
import {
  type Answered,
  ask,
  EVENTS,
  from,
  hasEnded,
  leave,
  MESSAGE,
  PATIENCE_MS,
  received,
  statusFault,
} from './asking.ts'
import { varies } from './cors.ts'
import { COOKIE } from './guard.ts'

/** What `MAX_STREAMS` is: the same for each of the connections of a crowd. */
export const PLACES = 6 * SESSIONS

/** Milliseconds until somebody who was refused comes again. */
const RETRY_MS = 10

/** How often somebody comes again who was refused, where it is a reset that should have made room. */
const TRIES = 3

/** A server with few places. All streams of it are ours. */
export interface Room {
  context: CheckContext
  server: LearnerServer
  clients: Client[]
  /** Those that are in. */
  streams: Exchange[]
}

/** What was found may be about another check. */
type Placed = Report & { check?: 'leaving' | 'refused' }

export const GET = { ...EVENTS, headers: COOKIE }

const FULL = `with MAX_STREAMS=${PLACES}`

export async function openRoom(context: CheckContext, server: LearnerServer): Promise<Room> {
  const room: Room = { context, server, clients: [], streams: [] }
  room.clients = await connectAll(room)
  return room
}

function connectAll({ context, server }: Pick<Room, 'context' | 'server'>): Promise<Client[]> {
  return Promise.all(Array.from({ length: SESSIONS }, () => context.connect(server.origin)))
}

/** As many come as there are places, and then some more. Who is in stays in, and the rest of the server is there too. */
export async function judgeLimit(room: Room): Promise<Placed | undefined> {
  if ((await fill(room)) < PLACES) {
    const count = room.streams.length
    return {
      expected: `${PLACES} streams ${FULL}`,
      received: `${count} streams, and 503 for the next`,
      fault: 'few',
      at: AT,
    }
  }
  const [one, other] = room.clients as [Client, Client]
  const [first, second] = [await ask(one, GET), await ask(other, GET)]
  const unlike = (await refusalFault(first)) ?? (await refusalFault(second))
  if (unlike && first.head?.status === 503 && second.head?.status === 200) {
    const expected = 'status 503 for everyone who comes when all places are taken'
    const received = 'status 503, and for the next one status 200'
    return { check: 'refused', expected, received, fault: 'twice', at: AT }
  }
  if (unlike) return unlike
  for (const answer of [await ask(one, { path: '/' }), await ask(one, { ...MESSAGE, headers: COOKIE })]) {
    const wrong = statusFault(answer, answer.path === '/' ? 200 : 204)
    if (wrong) return { ...wrong, expected: `${wrong.expected}, when all places are taken`, fault: 'rest' }
  }
  const ended = room.streams.filter(({ over }) => over).length
  if (ended === 0) return undefined
  return {
    expected: `${PLACES} streams that stay open`,
    received: `the end of ${ended} of them`,
    fault: 'ended',
  }
}

const AT = { call: 'respond', path: '/events' } as const

async function refusalFault(answer: Answered): Promise<Report | undefined> {
  const expected = `${answer.name} → status 503 ${FULL}, when all places are taken`
  const { head } = answer
  if (head?.status !== 503) {
    const isOpen = head?.status === 200
    if (isOpen) return { expected, received: `a ${PLACES + 1}th stream`, at: AT }
    return { expected, received: received(answer), fault: 'other', at: AT }
  }
  const { 'retry-after': retry, vary } = head.headers
  // Seconds, or a date: RFC 9110 § 10.2.3.
  if (!retry || (!/^\d+$/.test(retry) && Number.isNaN(Date.parse(retry)))) {
    return {
      expected: 'status 503, retry-after: 5',
      received: `status 503, ${show('retry-after', retry)}`,
      fault: 'retry',
      at: AT,
    }
  }
  if (!varies(vary)) {
    return {
      expected: 'status 503, vary: origin',
      received: `status 503, ${show('vary', vary)}`,
      fault: 'vary',
      at: AT,
    }
  }
  if (await hasEnded(answer)) return undefined
  return { expected: 'status 503, and its end', received: 'status 503, and no end', fault: 'open', at: AT }
}

/** Many are refused, for whatever reason; then one leaves, and one place is free. Begins with all places taken. */
export async function judgeRefused(room: Room): Promise<Placed | undefined> {
  const [one, other] = room.clients as [Client, Client]
  const refused = [
    await ask(one, GET),
    await ask(one, EVENTS),
    await ask(other, { ...EVENTS, method: 'HEAD', headers: COOKIE }),
    await ask(other, from('https://evil.example', { ...MESSAGE, headers: COOKIE })),
  ]
  leave(refused)
  const expected = 'one free place when one client left'
  await vacate(room, 1)
  if ((await fill(room, TRIES)) < PLACES) {
    await vacate(room, room.streams.length)
    const count = await fill(room, TRIES)
    const told = count === 0 ? 'none when all had left' : `${count} of ${PLACES} when all had left`
    return { check: count === 0 ? 'leaving' : 'refused', expected, received: `none, and ${told}`, at: AT }
  }
  const next = await ask(one, GET)
  leave([next])
  if (next.head?.status !== 200) return undefined
  return { expected, received: 'two free places', fault: 'twice', at: AT }
}

/** Everybody leaves in one way, and as many come, and so on with each way. Begins with all places taken. */
export async function judgeLeaving(room: Room): Promise<Report | undefined> {
  for (const way of WAYS) {
    await vacate(room, room.streams.length)
    const visit = async () => {
      const crowds = room.clients.map((client) => come(client, PLACES / SESSIONS, COOKIE))
      if (!way.isEarly) await Promise.all(crowds.flat().map((stream) => stream.headWithin(PATIENCE_MS)))
      await leaveAll(room.clients, crowds, way)
    }
    // A server that stood still finds in one read that they came and left.
    await (way.isEarly ? room.server.standStill(visit) : visit())
    if (way.endsSession) {
      await Promise.all(room.clients.map(({ closed }) => closed))
      room.clients = await connectAll(room)
    }
    const count = await fill(room)
    if (count === PLACES) continue
    const expected = `${PLACES} free places when ${PLACES} clients ${way.name}`
    const fault = way.isEarly ? 'early' : undefined
    return { expected, received: `${count} of them`, fault, at: AT }
  }
  const next = await ask(room.clients[0] as Client, GET)
  leave([next])
  if (next.head?.status !== 200) return undefined
  const expected = `no more than ${PLACES} places when many clients have left`
  return { expected, received: 'one stream more', fault: 'twice', at: AT }
}

/** So many streams are reset. Resolves when the server has seen it. */
export async function vacate(room: Room, count: number): Promise<void> {
  for (const stream of room.streams.splice(0, count)) stream.reset()
  await Promise.all(room.clients.map(settle))
}

/**
 * Takes all free places, over all connections. Who is refused tries again for a while: that a connection has ended is
 * seen a little later than a reset. Answers how many streams are in.
 */
export async function fill(room: Room, tries = Number.POSITIVE_INFINITY): Promise<number> {
  const end = performance.now() + PATIENCE_MS / 3
  for (let attempt = 1; ; attempt++) {
    const free = PLACES - room.streams.length
    const asked = Array.from({ length: free }, (_, i) => {
      return ask(room.clients[(room.streams.length + i) % SESSIONS] as Client, GET)
    })
    const answers = await Promise.all(asked)
    const isIn = ({ head, exchange }: Answered) => head?.status === 200 && !exchange.over
    room.streams.push(...answers.filter(isIn).map(({ exchange }) => exchange))
    leave(answers.filter((answer) => !isIn(answer)))
    const isOver = attempt === tries || performance.now() > end
    if (room.streams.length === PLACES || isOver) return room.streams.length
    await delay(RETRY_MS)
  }
}
