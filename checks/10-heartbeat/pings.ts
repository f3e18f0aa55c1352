/** What is said of the PINGs on a connection, and of what becomes of one that answers them, or does not. */
import { connectionOf } from '../support/client/connection.ts'
import { fateOf } from '../support/traffic/events.ts'
import type { PingedPeer } from './peer.ts'
import { type Finding, where } from './silence.ts'
import { STREAMS, type Watch } from './watch.ts'

/** A connection that answers no PING is gone after so many heartbeats; half of one more is for the way. */
export const GONE = 3
const GONE_AT_LAST = 3.5

/** So many more than one connection wants are one for each stream. A session allows 10 without an answer. */
const MANY = 6

const ANSWERED = 'although no PING was left without an answer'

/** Waits until the dead have gone, or it is plain that they stay, and until the slow one has read all. */
export async function hearPings(watch: Watch): Promise<void> {
  const { dead, slow, sent, patience, heartbeat } = watch
  await Promise.all(dead.map((peer) => peer.until(isGone, patience + GONE * heartbeat)))
  if (!slow || isGone(slow)) return
  slow.read()
  await slow.until((peer) => isGone(peer) || peer.hasAll(sent.length), patience)
}

function isGone({ endedAt }: PingedPeer): boolean {
  return endedAt !== undefined
}

export function judgePings({ dead, client, heartbeat }: Watch): Finding | undefined {
  const pings = connectionOf(client.session)?.pings ?? 0
  if (pings > 0 || dead.some((peer) => peer.pings > 0)) return undefined
  return { expected: 'a PING every HEARTBEAT_MS', received: `none, ${where(heartbeat)}` }
}

/** To be asked in a silence: each heartbeat brings a comment to each stream, so the comments tell how many there were. */
export function judgeOnePing({ dead }: Watch): Finding | undefined {
  const peer = dead.find(({ pingsBesideComments }) => pingsBesideComments >= MANY)
  if (!peer) return undefined
  return {
    expected: 'one PING at a time on a connection, however many streams it has',
    received: `${peer.pings} PINGs at a time on a connection with ${STREAMS} streams`,
  }
}

export function judgeDead({ dead, heartbeat }: Watch): Finding | undefined {
  const expected = `a connection that answers no PING, gone within ${GONE} × HEARTBEAT_MS`
  for (const [i, peer] of dead.entries()) {
    if (peer.endedAt !== undefined && peer.endedAt <= GONE_AT_LAST * heartbeat) continue
    if (peer.endedAt !== undefined) {
      const received = `its end after ${Math.round(peer.endedAt)} ms, ${where(heartbeat)}`
      return { expected, received, fault: i > 0 ? 'busy' : 'late', isUnsure: true }
    }
    const received = `one that is still there after ${Math.round(peer.age)} ms, ${where(heartbeat)}`
    if (peer.isToldToGo) return { expected, received: `GOAWAY, and ${received}`, fault: 'goaway' }
    if (peer.endedStreams > 0)
      return { expected, received: `the end of its streams, and ${received}`, fault: 'streams' }
    return { expected, received, fault: i > 0 ? 'busy' : undefined }
  }
  return undefined
}

export function judgeOthers(watch: Watch): Finding | undefined {
  return watch.isLost || watch.streams.some(({ exchange }) => exchange.over || exchange.ended)
    ? lostFinding(watch)
    : undefined
}

/** The same when its streams were ended by us. */
export function judgeConnection(watch: Watch): Finding | undefined {
  return watch.isLost ? lostFinding(watch) : undefined
}

/** What is told of a connection that answered, and that the server ended. */
export function lostFinding({ isLost, streams }: Watch): Finding {
  const stream = streams.find(({ exchange }) => exchange.over || exchange.ended)
  const fate = isLost || !stream ? 'the end of the connection' : fateOf(stream.exchange)
  return {
    expected: 'a connection that answers each PING, and stays',
    received: `${fate}, ${ANSWERED}`,
    isUnsure: true,
  }
}

export function judgeSlow({ slow, sent }: Watch): Finding | undefined {
  if (!slow) return undefined
  const expected = 'a client that answers each PING, reads late, and gets all that it missed'
  if (slow.endedAt !== undefined || slow.endedStreams > 0) {
    const end =
      slow.endedAt === undefined
        ? 'the end of its stream'
        : `the end of its connection after ${Math.round(slow.endedAt)} ms`
    return { expected, received: `${end}, ${ANSWERED}`, isUnsure: true }
  }
  if (slow.hasAll(sent.length)) return undefined
  return { expected, received: `${slow.body.length} bytes, and no end of what it missed`, fault: 'lost' }
}
