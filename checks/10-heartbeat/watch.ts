/** A server with a short heartbeat and no clock, and who is connected to it while it is watched. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '../support/client/client.ts'
import type { Exchange } from '../support/client/exchange.ts'
import type { LearnerServer } from '../support/server/server.ts'
import type { CheckContext } from '../support/subject.ts'
import { eventsOf, openEvents } from '../support/traffic/events.ts'
import { post } from '../support/traffic/messages.ts'
import { PingedPeer } from './peer.ts'
import { isComment, isMessage, type Sight, sightsOf } from './sights.ts'

/** So many streams on one connection are two more than a session allows PINGs without an answer. */
export const STREAMS = 12

/** How long what should come by the next heartbeat is waited for, in milliseconds: a busy machine needs some of it. */
const PATIENCE_MS = 1500

/** Messages while events flow, at least: enough for three heartbeats. */
const MESSAGES = 6

/** A message of just below 64 KiB. As an event it is longer than what a stream takes before it asks its writer to wait. */
const LONG = Array.from({ length: 400 }, (_, i) => `Line ${i} `.padEnd(161, '-')).join('\n')

/** A stream of the connection that answers its PINGs at once. */
export interface Stream {
  exchange: Exchange
  /** When it was asked for, and when its head had come, by `performance.now()`. */
  asked: number
  begun: number
}

/** A message that was sent, and when, by `performance.now()`. */
export interface Sent {
  text: string
  at: number
}

export class Watch {
  readonly context: CheckContext
  readonly server: LearnerServer
  /** The heartbeat that the server was given, in milliseconds. */
  readonly heartbeat: number
  readonly client: Client
  streams: Stream[] = []
  sent: Sent[] = []
  /** They answer no PING. The first comes into the silence, the second while events flow. */
  dead: PingedPeer[] = []
  /** It answers late, and reads nothing until it is told to. */
  slow?: PingedPeer
  /** Timers that are more than before, when streams had left, and when connections had. */
  left = { streams: 0, connections: 0 }
  /** The stream of a connection that took no more bytes was still there long after it should have gone. */
  isStuck = false

  constructor(context: CheckContext, server: LearnerServer, heartbeat: number, client: Client) {
    this.context = context
    this.server = server
    this.heartbeat = heartbeat
    this.client = client
  }

  /** In milliseconds. */
  get patience(): number {
    return PATIENCE_MS + 2 * this.heartbeat
  }

  /** A silence, until the second comment came on the first stream, or the second event that nobody sent. */
  async hearSilence(): Promise<void> {
    const { context, server, heartbeat } = this
    this.dead.push(await PingedPeer.open(context, server.origin, { streams: STREAMS }))
    const slow = { streams: 1, answersAfter: heartbeat / 4, isStill: true }
    this.slow = await PingedPeer.open(context, server.origin, slow)
    for (let i = 0; i < 2; i++) this.streams.push(await this.#open())
    await Promise.all(
      this.streams.map(async (stream) => {
        const has = (count: number) => () =>
          commentsOf(stream, heartbeat).length >= count || unsentOf(stream, heartbeat).length >= 2
        const { exchange } = stream
        return (await exchange.until(has(1), this.patience)) && exchange.until(has(2), this.patience)
      }),
    )
  }

  /** A message every half of a heartbeat, and then silence again, until the second comment. */
  async hearEvents(): Promise<void> {
    const { context, server, heartbeat } = this
    this.dead.push(await PingedPeer.open(context, server.origin, { streams: STREAMS }))
    const end = performance.now() + 3 * heartbeat
    for (let i = 0; i < MESSAGES || performance.now() < end; i++) {
      if (!(await this.#send(i === 0 ? LONG : `Message ${i}`))) return
      const next = (this.sent.at(-1)?.at ?? 0) + heartbeat / 2
      await delay(Math.max(0, next - performance.now()))
    }
    await this.#send('The last message')
    const isQuiet = (stream: Stream) => () => commentsAfter(stream).length >= 2
    await Promise.all(this.streams.map((stream) => stream.exchange.until(isQuiet(stream), this.patience)))
  }

  async #open(): Promise<Stream> {
    const exchange = await openEvents(this.context, this.client)
    const begun = performance.now()
    return { exchange, asked: begun - (await exchange.head).ms, begun }
  }

  /** The server has ended the connection that answers, or is about to. */
  get isLost(): boolean {
    const { session, goawayReceived } = this.client
    return session.closed || session.destroyed || goawayReceived !== undefined
  }

  /** Sends a message, and waits until each stream has it. Answers whether they do. */
  async #send(text: string): Promise<boolean> {
    if (this.isLost || this.streams.some(({ exchange }) => exchange.over)) return false
    const counts = this.streams.map(({ exchange }) => eventsOf(exchange).length)
    this.sent.push({ text, at: performance.now() })
    await post(this.context, this.client, text)
    const waits = this.streams.map(({ exchange }, i) =>
      exchange.until(() => eventsOf(exchange).length > (counts[i] ?? 0), this.patience),
    )
    return (await Promise.all(waits)).every((came) => came)
  }
}

/** What a stream has brought by now. */
export function sightsOn({ exchange, asked }: Stream): Sight[] {
  return sightsOf(exchange, asked)
}

/** The comments but for those of a greeting, which come with the head. */
export function commentsOf(stream: Stream, heartbeat: number): Sight[] {
  return sightsOn(stream).filter((sight) => isComment(sight) && sight.at > stream.begun + heartbeat / 2)
}

/** The comments after the last message. */
export function commentsAfter(stream: Stream): Sight[] {
  const sights = sightsOn(stream)
  return sights.slice(sights.findLastIndex(isMessage) + 1).filter(isComment)
}

/** The events of a silence: nobody sent them. What comes with the head is a greeting. */
export function unsentOf(stream: Stream, heartbeat: number): Sight[] {
  return sightsOn(stream).filter(({ kind, at }) => kind === 'event' && at > stream.begun + heartbeat / 2)
}
