/**
 * A client that falls asleep: it stays connected, answers its PINGs, and reads nothing, until the server lets go of it.
 * Then it wakes up, and comes back as a browser does. Its frames are written by hand: a client library reads ahead.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { connect } from '../../checks/support/client/client.ts'
import { type Connection, EventSourceClient } from '../../checks/support/client/event-source.ts'
import { ACK, frame, PING } from '../../checks/support/client/frames.ts'
import { type Frame, Peer, type PeerStream } from '../../checks/support/client/peer.ts'
import { openTls } from '../../checks/support/client/tls.ts'
import type { LearnerServer } from '../../checks/support/server/server.ts'
import { sendMessage } from '../../checks/support/traffic/messages.ts'
import { createEventReader, type ParsedEvent } from '../../checks/wire/parse.ts'

/** What its stream has room for, in bytes: little, so that it is soon full. */
const WINDOW = 1024

/** Milliseconds between two messages that are sent while it sleeps. */
const PACE_MS = 100

/** More messages than fill its window, and what the server may keep for it. */
const MOST = 100

/** How long the server may take to greet it, or to answer a message, in milliseconds. */
const ANSWER_MS = 5000

/** What there is to see of it. */
export interface FrozenClientSight {
  /** Bytes on its own side of the connection, which it does not read. */
  inWindow: number
  /** Bytes that wait for it in the server's memory, and the most that ever did. */
  inMemory: number
  most: number
  /** The messages that were sent while it slept, and those of them that it has by now. */
  sent: string[]
  received: string[]
  stage: 'asleep' | 'evicted' | 'back' | 'never evicted'
}

export interface FrozenClientOptions {
  server: LearnerServer
  onChange: () => void
  /** The text of the next message to everyone. */
  nextText: () => string
}

export class FrozenClient implements Disposable {
  readonly sight: FrozenClientSight = {
    inWindow: 0,
    inMemory: 0,
    most: 0,
    sent: [],
    received: [],
    stage: 'asleep',
  }
  #options: FrozenClientOptions
  #stop = new AbortController()

  /** Opens an event stream, and falls asleep. Messages are sent to everyone until the server lets go of it. */
  constructor(options: FrozenClientOptions) {
    this.#options = options
    void this.#live().catch(() => {}) // the server went, and takes it along
  }

  /** Whether something is still to come. */
  get isBusy(): boolean {
    const { stage, sent, received } = this.sight
    return stage === 'asleep' || stage === 'evicted' || (stage === 'back' && received.length < sent.length)
  }

  [Symbol.dispose](): void {
    this.#stop.abort()
  }

  async #live(): Promise<void> {
    const { sight } = this
    const { server, onChange } = this.#options
    const { signal } = this.#stop
    const peer = new SleepingPeer(await openTls(server.origin, { signal }), server.origin, { signal }, WINDOW)
    const stream = peer.ask()
    await peer.until(() => bytesOf(stream) > 0, ANSWER_MS)
    await this.#sleep(peer, stream)
    if (sight.stage === 'never evicted') return onChange() // it sleeps on

    peer.leave()
    const reader = createEventReader()
    const { events, lastEventId, retry } = reader.feed(Buffer.concat(stream.body))
    this.#note(events)
    onChange()
    const source = new EventSourceClient(server.origin, '/events')
    source.lastEventId = lastEventId
    await delay(retry, undefined, { signal })
    for await (const connection of source.connections(signal)) {
      sight.stage = 'back'
      this.#read(connection)
    }
  }

  async #sleep(peer: Peer, stream: PeerStream): Promise<void> {
    const { sight } = this
    const { server, onChange, nextText } = this.#options
    const isOver = () => stream.resetCode !== undefined || stream.ended || peer.endedAt !== undefined
    await using sender = await connect(server.origin, { signal: this.#stop.signal })
    while (!isOver() && sight.sent.length < MOST) {
      const text = nextText()
      const head = await sendMessage(sender, text).headWithin(ANSWER_MS)
      if (head?.status === 204) sight.sent.push(text)
      sight.inWindow = bytesOf(stream)
      sight.inMemory = Math.max(0, ...(await server.waiting()).map(({ bytes }) => bytes))
      sight.most = Math.max(sight.most, sight.inMemory)
      onChange()
      await delay(PACE_MS, undefined, { signal: this.#stop.signal })
    }
    sight.stage = isOver() ? 'evicted' : 'never evicted'
  }

  #read({ exchange, lastEventId }: Connection): void {
    const reader = createEventReader(lastEventId)
    exchange.keep = 0
    exchange.eachChunk(({ bytes }) => {
      this.#note(reader.feed(bytes).events)
      this.#options.onChange()
    })
  }

  #note(events: ParsedEvent[]): void {
    const { sent, received } = this.sight
    received.push(...events.map(({ data }) => data).filter((data) => sent.includes(data)))
  }
}

/** It reads nothing, but is alive: it answers its PINGs. */
class SleepingPeer extends Peer {
  protected override take({ type, flags, payload }: Frame): void {
    if (type === PING && !(flags & ACK)) this.socket.write(frame(PING, ACK, 0, payload))
  }
}

function bytesOf({ body }: PeerStream): number {
  return body.reduce((sum, { length }) => sum + length, 0)
}
